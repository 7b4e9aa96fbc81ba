"""The sheets people see: one module each, from a plan to a host-neutral model, and one renderer."""
