"""Rooms: a teacher asks, students vote on their phones, and see what the teacher sees.

A room is a value (`room`), the server keeps the few there are (`rooms`), a bar on the page polls it
(`bar`), and the questions of a page go through one place (`place`). Nothing is kept of anybody but
the digest of a random number, and that only while the room is open.
"""
