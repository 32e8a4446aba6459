import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Node.js keeps what it has compiled for the next start, but only of what is loaded after this.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)))
await import('./demo/run-demo.ts')
