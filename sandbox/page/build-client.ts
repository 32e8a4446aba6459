import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const client = fileURLToPath(new URL('client', import.meta.url))
const cache = fileURLToPath(new URL('../../node_modules/.cache/baton-page', import.meta.url))
const lockFile = fileURLToPath(new URL('../../package-lock.json', import.meta.url))

/**
 * The folder with the built client. It is built when its sources or the lock file have changed since the
 * last time, which takes about a second; otherwise nothing but the sources is read. A built page opens
 * faster than one from a development server, which sends every module on its own.
 */
export const buildClient = async (): Promise<string> => {
  const built = join(cache, await fingerprint())
  if (existsSync(built)) return built
  const unfinished = `${built}.${randomUUID()}`
  await mkdir(cache, { recursive: true })
  // Loaded only when needed: it costs more than all the rest of the start.
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await build({
    configFile: false,
    logLevel: 'warn',
    root: client,
    plugins: [react()],
    build: { outDir: unfinished, emptyOutDir: true, target: 'esnext' },
  })
  // Whoever built the same at the same time may have been first.
  await rename(unfinished, built).catch(() => rm(unfinished, { recursive: true }))
  return built
}

const fingerprint = async (): Promise<string> => {
  const entries = await readdir(client, { recursive: true, withFileTypes: true })
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  const hash = createHash('sha256')
  for (const file of [...files.sort(), lockFile, fileURLToPath(import.meta.url)]) {
    hash
      .update(file)
      .update('\0')
      .update(await readFile(file))
  }
  return hash.digest('hex').slice(0, 16)
}
