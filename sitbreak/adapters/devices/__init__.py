"""A folder that another program replicates, in which each device has a folder of its own."""

from sitbreak.adapters.devices.folder import Card, Chunk, FolderTrouble, SharedFolder

__all__ = ["Card", "Chunk", "FolderTrouble", "SharedFolder"]
