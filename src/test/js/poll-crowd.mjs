import { createInterface } from "node:readline";

/**
 * Many clients of a count that poll, by phoenix.js as npm has it, in one process. Each line of its input is an order:
 * "join topic number" or "leave"; each line of its output is what has come of one, or a connection that has ended.
 */
const [, , module, ...endPoints] = process.argv;
const { LongPoll, Socket } = await import(module);
const channels = [];

const orders = {
  join(topic, number) {
    let joined = 0;
    for (let i = 0; i < Number(number); i++) {
      const socket = new Socket(endPoints[i % endPoints.length], { transport: LongPoll });
      socket.connect();
      socket.onError(() => console.log("lost"));
      const channel = socket.channel(topic);
      // A join that is repeated after a connection was lost calls this again.
      channel.join().receive("ok", () => console.log(`joined ${++joined}`));
      channels.push(channel);
    }
  },

  leave() {
    let left = 0;
    channels.forEach((channel) => channel.leave().receive("ok", () => console.log(`left ${++left}`)));
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...rest] = line.split(" ");
  orders[name](...rest);
}
process.exit(0);
