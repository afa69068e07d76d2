// The socket to the world: MessagePack messages with numbers, answers to them, events that come by themselves.
// When it breaks it is made again, a little later each time; what waits for an answer is told that it broke.
import { decode, encode } from '@msgpack/msgpack';

export class Wire {
  #socket = null;
  #next = 1;
  #waiting = new Map();
  #pause = 200;
  /** Bytes and messages that came and went, for whoever measures. */
  counts = { received: 0, receivedBytes: 0, sent: 0 };

  constructor({ opened, closed, event }) {
    this.opened = opened;
    this.closed = closed;
    this.event = event;
  }

  connect() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}/socket`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#pause = 200;
      this.opened();
    };
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = ({ reason }) => this.#ended(reason);
    this.#socket = socket;
  }

  /** Says something; the promise gets the answer, or is refused with the world's error. */
  ask(command, fields = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return Promise.reject(new Error('not connected'));
    const id = this.#next++;
    this.#socket.send(encode({ command, id, ...fields }));
    this.counts.sent += 1;
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #hear(data) {
    this.counts.received += 1;
    this.counts.receivedBytes += data.byteLength;
    const message = decode(new Uint8Array(data));
    if (message.event) return this.event(message);
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    this.#waiting.delete(message.id);
    if (message.error) waiting.reject(Object.assign(new Error(message.error.message), message.error));
    else waiting.resolve(message);
  }

  #ended(reason) {
    for (const { reject } of this.#waiting.values()) reject(new Error('the connection has ended'));
    this.#waiting.clear();
    this.closed(reason);
    setTimeout(() => this.connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, 5000);
  }
}
