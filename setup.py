"""What pyproject.toml cannot say: the files of config/ go into the wheel, as sitbreak/config/."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CONFIG = Path("config")


class BuildWithConfig(build_py):
    """Copies config/ beside the modules, where `sitbreak.adapters.movement_catalogue` finds it when installed."""

    def run(self) -> None:
        """Builds the modules, then copies the files; an editable installation reads them from the checkout."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "sitbreak" / "config"
            self.mkpath(str(target))
            for name in self._config():
                self.copy_file(name, str(target / Path(name).name))

    def get_source_files(self) -> list[str]:
        """The files of the source distribution."""
        return [*super().get_source_files(), *self._config()]

    def _config(self) -> list[str]:
        return [str(file) for file in sorted(CONFIG.glob("*.*"))]


setup(cmdclass={"build_py": BuildWithConfig})
