"""What opens the door of a broker: its certificates, ours, and the password. Files are read when they are needed."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from pathlib import Path

from sitbreak.boundary import Failure, attempt
from sitbreak.language import N_, _
from sitbreak.settings.files import read_regular
from sitbreak.settings.sections import Mqtt

PASSWORD = "SITBREAK_MQTT_PASSWORD"
KEYRING = "sitbreak-mqtt"  # the service under which a keyring has the password
LONGEST_PASSWORD = 4096


class NoAccess(Exception):
    """What the settings name for the broker cannot be used; the message says what, and what to do."""


class _Socket(ssl.SSLSocket):
    """Closes itself where the two do not come to terms; paho leaves it open then."""

    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
        except OSError:
            self.close()
            raise


def context(settings: Mqtt) -> ssl.SSLContext | None:
    """How the broker's certificate is checked, with ours in it; None without TLS. Raises NoAccess."""
    if not settings.tls:
        return None
    made = ssl.create_default_context()
    made.sslsocket_class = _Socket
    if settings.ca_file:
        # A CA made at home seldom names what its key is for, which Python asks for from 3.13 on.
        made.verify_flags &= ~ssl.VERIFY_X509_STRICT
        file = Path(settings.ca_file).expanduser()
        try:
            made.load_verify_locations(file)
        except OSError as error:  # an ssl.SSLError is one, too
            raise _unusable("mqtt.ca_file", file, error) from error
    if settings.certificate_file:
        ours, key = (Path(each).expanduser() for each in (settings.certificate_file, settings.key_file))
        try:
            made.load_cert_chain(ours, key if settings.key_file else None, lambda: b"")  # nobody is there to be asked
        except OSError as error:
            raise _unusable("mqtt.certificate_file", ours, error) from error
    return made


def password(settings: Mqtt, variables: Mapping[str, str] = os.environ) -> str | None:
    """The password: of the environment, the file that is named, or a keyring; None where there is none.

    Raises NoAccess.
    """
    if found := variables.get(PASSWORD):
        return found
    if settings.password_file:
        file = Path(settings.password_file).expanduser()
        try:
            return read_regular(file, LONGEST_PASSWORD).decode().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise _unusable("mqtt.password_file", file, error) from error
    return _from_keyring(settings.user) if settings.user else None


def _from_keyring(user: str) -> str | None:
    try:
        import keyring
        from keyring.errors import NoKeyringError
    except ImportError:
        return None
    found: str | Failure | None = attempt(lambda: keyring.get_password(KEYRING, user))
    if isinstance(found, Failure):
        if isinstance(found.error, NoKeyringError):  # the library is there, and nothing to keep passwords in
            return None
        raise NoAccess(_("The keyring does not give the password of the MQTT broker ({why}).", why=found))
    return found


UNUSABLE = N_("{file} ({setting}) cannot be used ({why}); put a file there that can, or change the setting.")


def _unusable(setting: str, file: Path, error: Exception) -> NoAccess:
    why = str((error.strerror if isinstance(error, OSError) else None) or error).lower()
    return NoAccess(_(UNUSABLE, file=file, setting=setting, why=why))
