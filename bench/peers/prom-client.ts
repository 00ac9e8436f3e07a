// prom-client as its README documents it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Counter, Gauge, Registry } from 'prom-client';
import { families } from '../page.ts';
import { answering } from './answering.ts';

const [, , file = ''] = process.argv;
const register = new Registry();
for (const { name, help, type, labelNames, samples } of families.parse(
  JSON.parse(readFileSync(file, 'utf8')),
)) {
  const options = { name, help, labelNames: [...labelNames], registers: [register] };
  if (type === 'counter') {
    const counter = new Counter(options);
    for (const { labels, value } of samples) counter.inc(labels, value);
  } else {
    const gauge = new Gauge(options);
    for (const { labels, value } of samples) gauge.set(labels, value);
  }
}

const server = createServer(async (_request, response) => {
  response.setHeader('Content-Type', register.contentType);
  response.end(await register.metrics());
});
answering({});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`listening on http://127.0.0.1:${address?.port}`);
});
