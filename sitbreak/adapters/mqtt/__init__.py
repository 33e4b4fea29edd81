"""MQTT: one connection to the broker that the settings name, for whatever of the program tells or listens there."""

from sitbreak.adapters.mqtt.kept_connection import MOST_BYTES, MqttClient, MqttMessage

__all__ = ["MOST_BYTES", "MqttClient", "MqttMessage"]
