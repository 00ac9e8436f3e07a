// The least that a server of Node.js can be.
import { createServer } from 'node:http';

const [, , port] = process.argv;
createServer((_request, response) => response.end('page\n')).listen(Number(port), '127.0.0.1');
