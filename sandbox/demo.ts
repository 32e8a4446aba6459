import { enableCompileCache } from 'node:module'

// Node.js keeps what it has compiled for the next start, but only of what is loaded after this.
enableCompileCache()
await import('./demo/run-demo.ts')
