"""Tags of the room of adults who learn."""
