"""Starts a kernel that can't be hooked from inside and writes down, beside it, what it handled: the yardstick of the
fidelity suite for kernels that are no Python class of ours to wrap.

    tapped.py CONNECTION_FILE ARGV...    (an argument of ARGV that is CONNECTION_FILE names the kernel's own instead)

It stands on the ports that Jupyter gave to the kernel, the kernel on ports of its own, and every message of all five
channels passes through byte for byte, under the identity of the client that sent it. The lines are truth.py's. It
knows nothing of Celltrail, and measures with its own clock.
"""

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime

import zmq

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from truth import SHOWN, add_output, unix  # noqa: E402

ASKED = ("shell", "control", "stdin")  # ROUTER at the kernel, DEALER at the client
CHANNELS = (*ASKED, "iopub", "hb")
DELIMITER = b"<IDS|MSG>"
COARSE = 0.001  # s; Deno's dates are whole milliseconds


def padded(date):
    """A date whose microseconds lack their leading zeros, with them."""
    return re.sub(r"\.(\d{1,5})(?!\d)", lambda found: "." + found[1].zfill(6), date)


def both_clocks():
    """Unix seconds and time.perf_counter() of one instant: whoever loses the processor between the two reads again."""
    while True:
        before = time.perf_counter()
        at = time.time()
        after = time.perf_counter()
        if after - before < 0.0001:
            return at, before


class Writer:
    """Joins what passes by to a line of JSON per event, each with one write(2)."""

    def __init__(self, path, connection_file):
        self.out = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        found = re.search(r"kernel-([0-9a-f-]{36})\.json", connection_file)
        self.kernel_id = found.group(1) if found else connection_file
        self.pid = None
        self.runs = {}
        self.now = 0.0  # time.perf_counter() when the message that passes was here
        self.ahead = 0.0  # how far Unix time is ahead of that
        self.published_at = 0.0  # when the kernel stamped what it published last

    def passes(self, channel, to_kernel, frames):
        """A message on its way. @param frames from the delimiter on"""
        unix_now, self.now = both_clocks()
        self.ahead = unix_now - self.now
        header = json.loads(frames[2])
        parent = json.loads(frames[3]) or {}  # xeus-python writes null where there is none
        kind = header["msg_type"]
        if to_kernel and kind == "execute_request":
            request = {"header": header, "metadata": json.loads(frames[4]), "content": json.loads(frames[5])}
            self.runs[header["msg_id"]] = {**request, "given_at": self.now, "shown": {}}
        run = None if to_kernel else self.runs.get(parent.get("msg_id"))
        if run and kind == "status":
            self.status(run, json.loads(frames[5])["execution_state"], header)
        elif run and kind == "execute_input":
            self.write("input", run, input_count=json.loads(frames[5])["execution_count"])
        elif run and kind == "execute_reply":
            run.update(replied_at=self.now, reply=json.loads(frames[5]))
            self.end(run, header)
        elif run and kind in SHOWN:
            add_output(run["shown"], "all", kind, json.loads(frames[5]), frames[6:])
            # Deno's messages overtake each other: what comes after idle belongs to the run as well.
            if "idle_at" in run:
                self.idle(run)
        if channel == "iopub":
            self.published_at = self.stamped_at(header, 0.0)

    def stamped_at(self, header, earliest):
        """When the kernel stamped the message that passes, by time.perf_counter(); now if its date does not lie between
        the two. xeus-python leaves out the leading zeros of its microseconds, so a date may be read in two ways."""
        date = header.get("date")
        readings = [unix(one) - self.ahead for one in ((date, padded(date)) if date else ())]
        return next((at for at in readings if earliest <= at <= self.now), self.now)

    # The kernel stamps its `busy` after it was handed the request and after it stamped what it published before, and
    # before the `busy` arrives here. The hook knows from inside when a request is taken up; here the first bounds the
    # longest time that may be on record and the second the shortest. The stamp of what it published before, because on
    # a loaded machine that arrives here after the next `busy` is stamped; and not the idle before, because xeus-python
    # takes a request up while it goes on with others.
    def status(self, run, state, header):
        if state == "busy" and "busy_at" not in run:
            run.update(busy_at=self.now, taken_up_at=max(run["given_at"], self.published_at))
            self.write("began", run, taken_at=run["taken_up_at"] + self.ahead)
        if state == "idle" and "busy_at" in run and "idle_at" not in run:
            run["idle_at"] = self.now
            self.idle(run)
            self.end(run, header)

    def idle(self, run):
        shown = run["shown"].get("all", {"types": [], "bytes": 0, "exact": True})
        self.write("idle", run, idle_ms=(run["idle_at"] - run["taken_up_at"]) * 1000, output=shown)

    # Reply and idle come on two sockets and the kernel stamps them in either order, so the earlier bounds the shortest
    # time and the later the longest. xeus-python sends them some 20 ms after it has stamped them, when a run has
    # failed, and the time on record ends with the stamp: so the shortest does. On a loaded machine the stamp may lie
    # before `busy` arrived here: then nothing is known of the shortest time.
    def end(self, run, header):
        if "busy_at" in run:
            end_at = max(self.stamped_at(header, run["taken_up_at"] - COARSE), run["busy_at"])
            run["end_at"] = min(end_at, run.get("end_at", end_at))
        if not {"busy_at", "replied_at", "idle_at"} <= run.keys():
            return
        content = run["reply"]
        if content.get("status") == "aborted":
            self.write("aborted", run)
        else:
            self.write(
                "ended",
                run,
                ran_ms=(run["end_at"] - run["busy_at"]) * 1000,
                took_ms=(max(run["replied_at"], run["idle_at"]) - run["taken_up_at"]) * 1000,
                status=content.get("status", "unknown"),
                ename=content.get("ename"),
                evalue=content.get("evalue"),
                count=content.get("execution_count"),
            )

    def write(self, kind, run, **more):
        content = run["content"]
        line = {
            "kind": kind,
            "kernel_id": self.kernel_id,
            "pid": self.pid,
            "msg_id": run["header"]["msg_id"],
            "session_id": run["header"]["session"],
            "code": content.get("code", ""),
            "silent": bool(content.get("silent", False)),
            "store_history": bool(content.get("store_history", True)),
            "cell_id": run["metadata"].get("cellId"),
            "requested_at": unix(run["header"]["date"]),
            "at": self.now + self.ahead,
            **more,
        }
        os.write(self.out, (json.dumps(line) + "\n").encode())


class Tap:
    """The sockets on both sides, and what carries a message from one to the other."""

    def __init__(self, outer, inner, seen):
        self.context = zmq.Context()
        self.poller = zmq.Poller()
        self.inner = inner
        self.seen = seen
        self.carry = {}  # socket → what to do with what it received
        self.clients = {}  # (channel, the client's identity) → the socket that speaks to the kernel in its name
        self.outer = {}
        for channel in CHANNELS:
            sock = self.make(zmq.XPUB if channel == "iopub" else zmq.ROUTER)
            if channel == "iopub":
                sock.xpub_verbose = True  # some kernels welcome each new subscriber
            else:
                sock.router_handover = True  # a client that reconnects has the identity that it had
            sock.linger = 1000
            sock.bind(address(outer, channel))
            self.outer[channel] = sock
        for channel in (*ASKED, "hb"):
            self.listen(self.outer[channel], lambda frames, channel=channel: self.to_kernel(channel, frames))
        self.news = self.make(zmq.XSUB)
        self.news.connect(address(inner, "iopub"))
        self.listen(self.news, self.publish)
        self.listen(self.outer["iopub"], lambda wish: self.news.send_multipart(wish))

    def make(self, kind):
        sock = self.context.socket(kind)
        sock.set_hwm(0)
        sock.linger = 0
        sock.reconnect_ivl = 20  # ms; the kernel comes up after us
        return sock

    def listen(self, sock, carry):
        self.carry[sock] = carry
        self.poller.register(sock, zmq.POLLIN)

    def to_kernel(self, channel, frames):
        identity, *message = frames
        sock = self.clients.get((channel, identity))
        if sock is None:
            sock = self.make(zmq.DEALER)
            if channel in ASKED:
                sock.identity = identity
            sock.connect(address(self.inner, channel))
            self.clients[channel, identity] = sock
            self.listen(sock, lambda back: self.to_client(channel, identity, back))
        self.note(channel, True, message)
        sock.send_multipart(message, copy=False)

    def to_client(self, channel, identity, message):
        self.note(channel, False, message)
        self.outer[channel].send_multipart([identity, *message], copy=False)

    def publish(self, frames):
        self.note("iopub", False, frames)
        self.outer["iopub"].send_multipart(frames, copy=False)

    def note(self, channel, to_kernel, frames):
        if DELIMITER in frames:
            self.seen(channel, to_kernel, frames[frames.index(DELIMITER):])

    def turn(self, timeout):
        """Carries what has come, one message of each socket. @returns whether there was any"""
        ready = self.poller.poll(timeout)
        for sock, _ in ready:
            self.carry[sock](sock.recv_multipart())
        return bool(ready)

    def close(self):
        while self.turn(50):
            pass
        self.context.destroy()


def address(ports, channel):
    return f"tcp://{ports['ip']}:{ports[channel + '_port']}"


def free_ports(count):
    """Ports for the kernel, which is slow to take them: below those that the system hands out to others meanwhile."""
    probes = {}
    while len(probes) < count:
        port = random.randrange(15_000, 32_000)
        try:
            probes[port] = socket.create_server(("127.0.0.1", port))
        except OSError:
            continue  # taken
    for probe in probes.values():
        probe.close()
    return list(probes)


def hurry():
    """On a loaded machine a message may wait before it is sent on, after the kernel has stamped it, and come to be
    measured late: where that is allowed, the kernel and this go first."""
    try:
        os.nice(-15)
    except PermissionError:
        pass  # an ordinary user: then the machine has to be idle enough


def main(connection_file, *argv):
    with open(connection_file) as file:
        outer = json.load(file)
    ports = dict(zip([f"{channel}_port" for channel in CHANNELS], free_ports(len(CHANNELS))))
    inner = {**outer, **ports}
    # Beside Lab's own, under a name that truth.py and clients don't take for it; a restart writes it anew.
    own_file = os.path.join(os.path.dirname(connection_file), f"tapped-{os.path.basename(connection_file)}")
    with open(os.open(own_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(inner, file)
    hurry()
    writer = Writer(os.environ["CELLTRAIL_TRUTH"], connection_file)
    tap = Tap(outer, inner, writer.passes)
    # Jupyter signals the group of processes, so the kernel gets its interrupt itself; a signal that has a handler is
    # back at its default in the child.
    signal.signal(signal.SIGINT, lambda *_: None)
    kernel = subprocess.Popen([own_file if part == connection_file else part for part in argv])
    writer.pid = kernel.pid
    while kernel.poll() is None:
        tap.turn(100)
    tap.close()
    # As the kernel went, so goes what Jupyter takes for it.
    if kernel.returncode < 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), -kernel.returncode)
    sys.exit(kernel.returncode)


main(*sys.argv[1:])
