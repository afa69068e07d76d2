"""A world spoken to with pyzmq, pydantic and ormsgpack alone: bare.py ipc:///tmp/garden/door"""
import sys
import ormsgpack
import zmq
from pydantic import BaseModel

class CreateMethodCommand(BaseModel):
    command: str = "create_method"
    method_name: str
    method_code: str

socket = zmq.Context.instance().socket(zmq.DEALER)
socket.connect(sys.argv[1])

def ask(message):
    socket.send(ormsgpack.packb(message))
    return ormsgpack.unpackb(socket.recv())

print(ask({"command": "get_full_state"})["state"]["root"]["name"])
print(ask(CreateMethodCommand(method_name="answer", method_code="( 6 * 7 )").model_dump())["installed"])
print(ask({"command": "send", "selector": "answer"})["value"])
socket.close(linger=0)
