"""A slow line between a browser and a server: what the browser's own emulation does not slow, its worker, is slow as well."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

ROUND_TRIP = 0.4
BYTES_PER_SECOND = 400_000 / 8
PIECE = 4096


@dataclass
class SlowLine:
    """`port` answers after `open()`; `is_slow` may be set at any time; all connections share the line."""

    to_port: int
    port: int = 0
    is_slow: bool = False
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _free_at: dict[str, float] = field(default_factory=dict)

    def open(self) -> None:
        started = threading.Event()
        threading.Thread(target=self._run, args=(started,), daemon=True).start()
        started.wait()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._joined, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()

    async def _joined(self, near: asyncio.StreamReader, nearer: asyncio.StreamWriter) -> None:
        if self.is_slow:
            await asyncio.sleep(ROUND_TRIP)
        far, farther = await asyncio.open_connection("127.0.0.1", self.to_port)
        await asyncio.gather(self._pass_on(near, farther, "up"), self._pass_on(far, nearer, "down"))

    async def _pass_on(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, way: str) -> None:
        """What comes goes on in order, each piece after its time on the line and half a round trip."""
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.create_task(_deliver(pieces, to, self._loop.time))
        try:
            while piece := await source.read(PIECE):
                await pieces.put((self._arrival(len(piece), way), piece))
        except ConnectionError:
            pass
        await pieces.put((self._loop.time(), b""))
        await delivering

    def _arrival(self, size: int, way: str) -> float:
        now = self._loop.time()
        if not self.is_slow:
            return now
        self._free_at[way] = max(self._free_at.get(way, 0.0), now) + size / BYTES_PER_SECOND
        return self._free_at[way] + ROUND_TRIP / 2


async def _deliver(
    pieces: "asyncio.Queue[tuple[float, bytes]]", to: asyncio.StreamWriter, clock: Callable[[], float]
) -> None:
    nap: Callable[[float], Awaitable[None]] = asyncio.sleep
    while (arrived := await pieces.get())[1]:
        await nap(max(arrived[0] - clock(), 0))
        try:
            to.write(arrived[1])
            await to.drain()
        except ConnectionError:
            break
    to.close()
