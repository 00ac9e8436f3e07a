// Preloaded into a program under test. It answers over the channel of its parent, not on signals,
// which the program handles itself. Plain JavaScript: types would have to be stripped in that process,
// which takes memory that is measured.
const betweenBlocksMs = 1;
const betweenCpuMs = 50;

let timer;
let series = [];
let longest = 0;
let laterMs = 0;

/** @type {Record<import('./question.ts').Question['ask'], (question: { ms: number }) => number[]>} */
const answers = {
  cpu: () => [sum(process.cpuUsage())],
  heap: () => {
    for (let times = 0; times < 6; times += 1) globalThis.gc();
    return [process.memoryUsage().heapUsed];
  },
  'watch blocks': watchBlocks,
  'longest block': () => {
    clearInterval(timer);
    return [longest];
  },
  'watch cpu': watchCpu,
  'cpu series': () => {
    clearInterval(timer);
    return series;
  },
  later: ({ ms }) => {
    laterMs += ms;
    return [];
  },
};

// Time on the CPU and not on the clock, so that other processes, which push this one aside, do not count.
function watchBlocks() {
  longest = 0;
  let before = sum(process.threadCpuUsage());
  timer = setInterval(() => {
    const now = sum(process.threadCpuUsage());
    longest = Math.max(longest, now - before);
    before = now;
  }, betweenBlocksMs).unref();
  return [];
}

function watchCpu() {
  series = [];
  const note = () => series.push(realDate(), sum(process.cpuUsage()));
  note();
  timer = setInterval(note, betweenCpuMs).unref();
  return [];
}

function sum({ user, system }) {
  return (user + system) / 1000;
}

const realDate = Date.now.bind(Date);
const realMonotonic = performance.now.bind(performance);
Date.now = () => realDate() + laterMs;
performance.now = () => realMonotonic() + laterMs;

process.on('message', (question) => {
  process.send({ id: question.id, answer: answers[question.ask](question) });
});
// Whoever has started this program ends it; when that one is gone, nobody does.
process.on('disconnect', () => process.exit());
// The program must be able to end, listened to or not.
process.channel.unref();
