#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What packaging/compile-cache.ts has made, if it has: a start spends a sixth of its CPU on compiling.
// It is passed over by another Node.js, with other flags, or for another user.
const folder = join(import.meta.dirname, 'compile-cache');
if (existsSync(folder)) enableCompileCache(folder);

await import('../src/main.ts');
