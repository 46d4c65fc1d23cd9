"""Runs a program on a pseudo terminal of 24 x 80 and prints, as JSON, what stood on it: every line that scrolled by and the last screen."""
import fcntl
import json
import os
import pty
import struct
import sys
import termios

import pyte

ROWS, COLUMNS = 24, 80

screen = pyte.HistoryScreen(COLUMNS, ROWS, history=10_000)
stream = pyte.ByteStream(screen)
child, terminal = pty.fork()
if child == 0:
    # The size is set before the program asks for it.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
said = b""
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    said += data
    stream.feed(data)
_, status = os.waitpid(child, 0)


def text(line):
    return "".join(line[column].data for column in range(COLUMNS)).rstrip()


lines = [text(line) for line in screen.history.top] + [line.rstrip() for line in screen.display]
print(json.dumps({"lines": lines, "escapes": said.count(b"\x1b"), "colours": said.count(b"\x1b[32m"), "exit": os.waitstatus_to_exitcode(status)}))
