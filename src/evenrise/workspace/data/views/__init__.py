"""The pages of this room: door > form > action > redirect, or door > query > page."""
