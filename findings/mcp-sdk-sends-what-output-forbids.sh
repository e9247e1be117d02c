#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2: a server sends keys that its own output schema forbids; the same library's client then refuses the whole answer.
#
# One would guess: what a tool returns as structuredContent is parsed with the outputSchema, so that keys it does not name are cut, as Zod does, or
# the call fails on the server.
# What is so: the schema is announced with additionalProperties: false; the server parses, finds no fault, and sends the object as it was, the
# unnamed key included. The client checks by the announced schema and throws. A client that has not listed the tools before takes it all.
# Why it matters here: an output schema is no guard of fields. What a principal may not see must be cut before the answer is returned, and an
# answer with one key too many is lost to assistants that check.
# Source: Model Context Protocol, specification, "Tools" (servers MUST provide structured results that conform to the output schema); seen by
# running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error @modelcontextprotocol/sdk@1.32.2 zod@4.1.5 > /dev/null

cat > try.mjs <<'JS'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { z } from 'zod'
const server = new McpServer({ name: 'a', version: '1' })
const [ours, theirs] = InMemoryTransport.createLinkedPair()
const client = new Client({ name: 'b', version: '1' })
const start = () => Promise.all([server.connect(ours), client.connect(theirs)])

server.registerTool('deal', { outputSchema: { phase: z.string() } }, async () => ({ content: [], structuredContent: { phase: 'risk', more: 'not named' } }))
await start()
const call = () => client.callTool({ name: 'deal', arguments: {} }).then(({ structuredContent }) => JSON.stringify(structuredContent), (error) => error.message)
console.log('before listing:', await call())
console.log('announced:', JSON.stringify((await client.listTools()).tools[0].outputSchema.additionalProperties))
console.log('after listing:', await call())
process.exit()
JS
cat > seen.txt <<'SEEN'
before listing: {"phase":"risk","more":"not named"}
announced: false
after listing: MCP error -32602: Structured content does not match the tool's output schema: data must NOT have additional properties
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
