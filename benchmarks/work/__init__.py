"""The work that is measured; each module runs by itself in a process of its own."""
