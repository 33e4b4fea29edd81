"""The controls of the windows: painted by us on top of Qt's own, so that keys and screen readers work as usual."""
