#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2: a tool whose input is a union of objects is announced as one that takes nothing, and refuses being called so.
#
# One would guess: a Zod union as inputSchema becomes anyOf in what tools/list says, as z.toJSONSchema writes it, or registering it is refused.
# What is so: the list says {"type":"object","properties":{}}; what one of the two members needs is nowhere. A call that follows the list is refused
# for invalid input; one that knows the union by other means is taken.
# Why it matters here: "by id, or by name and account" is a natural input of a tool that finds a deal; an assistant would be told of no
# argument at all. An object with optional keys and a refinement keeps the keys in the list (the condition itself has to be told in words).
# Source: Model Context Protocol, specification, "Tools" (inputSchema defines the expected parameters); seen by running it.
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

const answer = async (input) => ({ content: [{ type: 'text', text: JSON.stringify(input) }] })
server.registerTool('union', { inputSchema: z.union([z.object({ id: z.string() }), z.object({ name: z.string() })]) }, answer)
server.registerTool('refined', { inputSchema: z.object({ id: z.string().optional(), name: z.string().optional() }).refine(({ id, name }) => id || name, 'one of id, name') }, answer)
await start()
for (const { name, inputSchema } of (await client.listTools()).tools) console.log(name, 'is announced with', JSON.stringify(inputSchema.properties), Object.hasOwn(inputSchema, 'anyOf'))
for (const input of [{}, { id: 'a' }]) {
  const { isError = false } = await client.callTool({ name: 'union', arguments: input })
  console.log('union of', JSON.stringify(input), 'refused', isError)
}
process.exit()
JS
cat > seen.txt <<'SEEN'
union is announced with {} false
refined is announced with {"id":{"type":"string"},"name":{"type":"string"}} false
union of {} refused true
union of {"id":"a"} refused false
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
