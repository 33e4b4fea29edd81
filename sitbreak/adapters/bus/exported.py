"""An object of ours on the bus: it answers calls to one interface, and sends that interface's signals.

Written on the message level: the tray needs two small objects whose answers change while they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sitbreak.core.frozen import frozen

if TYPE_CHECKING:
    from dbus_fast import Message, Variant
    from dbus_fast.aio import MessageBus

PROPERTIES = "org.freedesktop.DBus.Properties"
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
BAD_ARGUMENTS = "org.freedesktop.DBus.Error.InvalidArgs"
NO_PROPERTY = "org.freedesktop.DBus.Error.UnknownProperty"
NO_METHOD = "org.freedesktop.DBus.Error.UnknownMethod"
NO_WRITING = "org.freedesktop.DBus.Error.PropertyReadOnly"


@frozen
class Method:
    """A method: the signatures of what it takes and answers, and what is called with the arguments."""

    takes: str
    answers: str
    run: Callable[..., Sequence[Any]]


class CallRefused(Exception):
    """The caller asked for something there is not: the D-Bus error `name`, and a sentence."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


class Exported:
    """One object with one interface, described by `xml`. `properties` is asked each time: name -> variant."""

    def __init__(
        self,
        path: str,
        interface: str,
        properties: Callable[[], Mapping[str, Variant]],
        methods: Mapping[str, Method],
        xml: str,
    ) -> None:
        self.path = path
        self.interface = interface
        self._properties = properties
        self._methods = methods
        self._xml = xml

    def answer(self, message: Message) -> Message | None:
        """The reply to a call meant for this object, or None when it is meant for another."""
        from dbus_fast import Message, MessageType

        if message.message_type is not MessageType.METHOD_CALL or message.path != self.path:
            return None
        try:
            signature, body = self._reply(message)
        except CallRefused as refusal:
            return Message.new_error(message, refusal.name, str(refusal))
        return Message.new_method_return(message, signature, list(body))

    def signal(self, bus: MessageBus, member: str, signature: str = "", body: Sequence[Any] = ()) -> None:
        """Sends a signal of the interface."""
        from dbus_fast import Message

        bus.send(Message.new_signal(self.path, self.interface, member, signature, list(body)))

    def changed(self, bus: MessageBus, name: str) -> None:
        """Tells the present value of a property to whoever follows the properties themselves."""
        from dbus_fast import Message

        body = [self.interface, {name: self._properties()[name]}, []]
        bus.send(Message.new_signal(self.path, PROPERTIES, "PropertiesChanged", "sa{sv}as", body))

    def _reply(self, message: Message) -> tuple[str, Sequence[Any]]:
        if message.interface == PROPERTIES:
            return self._property(message)
        if message.interface == INTROSPECTABLE and message.member == "Introspect":
            return "s", [self._xml]
        method = self._methods.get(message.member or "")
        if method is None or message.interface not in (self.interface, None):
            raise CallRefused(NO_METHOD, f"there is no {message.interface}.{message.member} here")
        if message.signature != method.takes:
            raise CallRefused(BAD_ARGUMENTS, f"{message.member} takes ({method.takes}), not ({message.signature})")
        return method.answers, method.run(*message.body)

    def _property(self, message: Message) -> tuple[str, Sequence[Any]]:
        if message.member == "GetAll" and message.signature == "s":
            return "a{sv}", [dict(self._properties())]
        if message.member != "Get" or message.signature != "ss":
            raise CallRefused(NO_WRITING, "these properties can only be read")
        name = message.body[1]
        try:
            return "v", [self._properties()[name]]
        except KeyError:
            raise CallRefused(NO_PROPERTY, f"there is no property {name} here") from None
