"""The sensors of the room: a seat and a desk, read from a D-Bus property or an MQTT topic."""

from sitbreak.adapters.sensors.room_sensors import RoomSensors

__all__ = ["RoomSensors"]
