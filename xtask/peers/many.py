"""Many files with aiohttp, one request each and 16 of them at once."""

import asyncio
import os
import sys

import aiohttp


async def upload(session, turn, path):
    async with turn:
        with open(path, "rb") as file:
            form = aiohttp.FormData()
            form.add_field("file", file.read(), filename=os.path.basename(path))
        async with session.post("/v3/assets", data=form) as answer:
            answer.raise_for_status()
            await answer.read()


async def main():
    turn = asyncio.Semaphore(16)
    headers = {"X-Api-Key": os.environ["HEYGEN_API_KEY"]}
    async with aiohttp.ClientSession(os.environ["HEYGEN_API_BASE"], headers=headers) as session:
        await asyncio.gather(*(upload(session, turn, path) for path in sys.argv[1:]))


asyncio.run(main())
