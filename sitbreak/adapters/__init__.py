"""The edges: one folder per port, siblings never import each other; `bus`, `choose` and `clock` are for all."""
