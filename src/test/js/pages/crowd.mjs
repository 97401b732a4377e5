import { openSocket, query } from "./client.mjs";

const sockets = [];

// For the test to call: a token makes a user, none a viewer.
Object.assign(window, {
  grow(tokens) {
    for (const token of tokens) {
      const socket = openSocket(token);
      socket.channel(query.get("topic")).join();
      sockets.push(socket);
    }
  },
  shrink(count) {
    sockets.splice(0, count).forEach((socket) => socket.disconnect());
  },
});
