// An origin that reads a request's content to its end and then says so. Run as a process of its own: node sink.mjs PORT
import { createServer } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

createServer((socket) => {
  let head = Buffer.alloc(0);
  let rest = -1;
  socket.on('error', () => {});
  socket.on('data', (piece) => {
    let size = piece.length;
    if (rest < 0) {
      head = Buffer.concat([head, piece]);
      const end = head.indexOf(END_OF_HEAD);
      if (end < 0) return;
      rest = Number(head.subarray(0, end).toString().match(/^content-length: *(\d+)/im)?.[1] ?? 0);
      size = head.length - end - END_OF_HEAD.length;
      head = Buffer.alloc(0);
    }
    rest -= size;
    if (rest <= 0) {
      rest = -1;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n');
    }
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
