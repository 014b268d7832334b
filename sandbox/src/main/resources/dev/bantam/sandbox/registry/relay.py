# Passes on what comes to 127.0.0.1:PORT to the socket file in this folder, and back: python3 relay.py PORT.
import socket
import sys
import threading


def agent():
    connection = socket.socket(socket.AF_UNIX)
    connection.connect("registries.sock")
    return connection


def pass_on(source, target):
    try:
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for gone in source, target:
            try:
                gone.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it was over already


def serve(client):
    try:
        with client, agent() as other:
            back = threading.Thread(target=pass_on, args=(other, client), daemon=True)
            back.start()
            pass_on(client, other)
            back.join()
    except OSError:
        pass  # the client sees that its connection ended


try:
    server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
    agent().close()
except OSError as fault:
    sys.exit(f"{fault}")
print("ready", flush=True)
while True:
    client, _ = server.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
