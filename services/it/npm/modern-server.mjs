// A tool server of 2026-07-28 on the official TypeScript SDK: `node modern-server.mjs` speaks over stdio,
// `node modern-server.mjs http` over HTTP on a free port, which it prints.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod/v4';

const text = (value) => ({ content: [{ type: 'text', text: value }] });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const build = (context) => {
  const server = new McpServer(
    { name: 'modern', version: '1' },
    { capabilities: { tools: {} }, cacheHints: { 'tools/list': { ttlMs: 60000, cacheScope: 'public' } } },
  );
  server.registerTool('echo', { inputSchema: z.object({ message: z.string() }) }, async ({ message }) => {
    await pause(Math.random() * 20);
    return text(`${message} in era ${context.era}`);
  });
  server.registerTool('steps', { inputSchema: z.object({}) }, async (_arguments, call) => {
    const progressToken = call.mcpReq?._meta?.progressToken;
    for (let progress = 1; progress <= 3; progress++) {
      await pause(50);
      if (progressToken !== undefined) {
        await call.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 3 } });
      }
    }
    return text('done');
  });
  server.registerTool('sleep', { inputSchema: z.object({ ms: z.number() }) }, async ({ ms }, call) => {
    await Promise.race([pause(ms), new Promise((end) => call.mcpReq.signal.addEventListener('abort', end))]);
    globalThis.aborted = (globalThis.aborted ?? 0) + (call.mcpReq.signal.aborted ? 1 : 0);
    return text('slept');
  });
  server.registerTool('aborted', { inputSchema: z.object({}) }, async () => text(String(globalThis.aborted ?? 0)));
  return server;
};

if (process.argv[2] === 'http') {
  const handle = toNodeHandler(createMcpHandler(build));
  const http = createServer((request, response) => void handle(request, response));
  http.listen(0, '127.0.0.1', () => console.log(`listening on ${http.address().port}`));
} else {
  serveStdio(build);
}
