"""The bridge beside a bare pyzmq ROUTER that echoes the same bytes, in the same run: ratios, and what commits cost.

BATOS names the program. Both sides are spoken to by the same blocking client; they take turns, the median of ROUNDS counts.
Commits wait for the disk: what that takes by itself is measured, too (TMPDIR=/dev/shm: without a disk).
"""

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import ormsgpack
import zmq

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = float(os.environ.get("SECONDS_EACH", "1.0"))
COUNTER = "lobby _AddSlots: (| counter = (| parent* = traits oddball. n <- 0. up = ( n: n + 1. n ) |) |)"
UP = ormsgpack.packb({"command": "send", "receiver": "counter", "selector": "up", "commit": False, "id": 1})
COMMITTED = ormsgpack.packb({"command": "send", "receiver": "counter", "selector": "up", "id": 1})


def echo(address):
    socket = zmq.Context().socket(zmq.ROUTER)
    socket.bind(address)
    while True:
        socket.send_multipart(socket.recv_multipart())


def connect(address):
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.linger = 0
    socket.rcvtimeo = 60_000
    socket.connect(address)
    return socket


def ask(socket, **fields):
    socket.send(ormsgpack.packb(fields))
    answer = ormsgpack.unpackb(socket.recv())
    if "error" in answer:
        sys.exit(f"bench: {answer['error']}")
    return answer


def round_trips(socket):
    """A second, and each answer's time."""
    end, took = time.perf_counter() + SECONDS, []
    while True:
        before = time.perf_counter()
        socket.send(UP)
        socket.recv()
        after = time.perf_counter()
        took.append(after - before)
        if after > end:
            return len(took) / SECONDS


def piped(socket, depth=100):
    end, count = time.perf_counter() + SECONDS, 0
    for _ in range(depth):
        socket.send(UP)
    while time.perf_counter() < end:
        socket.recv()
        socket.send(UP)
        count += 1
    for _ in range(depth):
        socket.recv()
    return count / SECONDS


def committed(address, clients=8):
    took, lock = [], threading.Lock()

    def one():
        socket, mine, end = connect(address), [], time.perf_counter() + 3 * SECONDS
        while time.perf_counter() < end:
            before = time.perf_counter()
            socket.send(COMMITTED)
            socket.recv()
            mine.append(time.perf_counter() - before)
        socket.close()
        with lock:
            took.extend(mine)

    threads = [threading.Thread(target=one) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    return len(took) / (3 * SECONDS), took[len(took) // 2] * 1e3, took[len(took) * 99 // 100] * 1e3


def disk(home, seconds=1.0):
    """What a write of 8 KiB takes until the disk has it: median and 99 %, in ms."""
    file = os.open(home / "disk", os.O_CREAT | os.O_RDWR)
    os.pwrite(file, bytes(8 << 20), 0)
    os.fsync(file)
    took, end, at = [], time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        os.pwrite(file, os.urandom(8192), at % (8 << 20))
        at += 8192
        before = time.perf_counter()
        os.fdatasync(file)
        took.append(time.perf_counter() - before)
    os.close(file)
    took.sort()
    return took[len(took) // 2] * 1e3, took[len(took) * 99 // 100] * 1e3


def main():
    home = Path(tempfile.mkdtemp(prefix="batos-bench"))
    bare, door = f"ipc://{home}/echo", f"ipc://{home}/own/door"
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    image = str(home / "w.batos")
    subprocess.run([os.environ["BATOS"], "image", "new", image], env=environment, check=True, stdout=subprocess.DEVNULL)
    peer = multiprocessing.Process(target=echo, args=(bare,), daemon=True)
    peer.start()
    server = subprocess.Popen([os.environ["BATOS"], "serve", "--no-model", "--zmq", door + "?role=change", image],
                              env=environment, stdout=subprocess.PIPE, text=True)
    try:
        server.stdout.readline()
        ours, theirs = connect(door), connect(bare)
        ask(ours, command="evaluate", code=COUNTER)
        for name, measure, goal in [("round trips", round_trips, 0.6), ("piped, 100 deep", piped, 1.0)]:
            rows = [(measure(ours), measure(theirs)) for _ in range(ROUNDS)]
            mine, peers = (statistics.median(column) for column in zip(*rows))
            ratio = statistics.median(a / b for a, b in rows)
            print(f"{name:18} {mine:9.0f}/s   echo {peers:9.0f}/s   ratio {ratio:.2f}   (goal {goal})")
        flush, slow = disk(home)
        print(f"{'disk alone':18} {1000 / flush:9.0f}/s   median {flush:.2f} ms   99 % within {slow:.2f} ms")
        rate, median, late = committed(door)
        print(f"{'committed, 8 ask':18} {rate:9.0f}/s   median {median:.2f} ms   99 % within {late:.2f} ms   (goal 1000/s, 1 ms, 5 ms)")
        # How much of the world's own work is left beside a thousand messages a second.
        work = "| t | t: time milliseconds. 1 to: 3000000 Do: [ |:i| i + i ]. time milliseconds - t"
        alone = ask(ours, command="evaluate", code=work, commit=False)["value"]
        stop = threading.Event()

        def steady():
            socket, due = connect(door), time.perf_counter()
            while not stop.is_set():
                due += 0.001
                socket.send(UP)
                socket.recv()
                time.sleep(max(0, due - time.perf_counter()))
            socket.close()

        thread = threading.Thread(target=steady)
        thread.start()
        beside = ask(ours, command="evaluate", code=work, commit=False)["value"]
        stop.set()
        thread.join()
        print(f"{'own work':18} {alone} ms alone, {beside} ms beside 1,000 messages a second   (goal: 10 % more)")
    finally:
        server.terminate()
        server.wait()
        peer.terminate()


if __name__ == "__main__":
    main()
