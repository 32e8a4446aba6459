import { readFileSync } from 'node:fs'

// Run before main.ts, since an older Node.js knows neither its flags nor TypeScript, and says so in words that help nobody.
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const needed = engines.node.replace('>=', '')
const [major, minor] = process.versions.node.split('.').map(Number)
const [leastMajor, leastMinor] = needed.split('.').map(Number)
if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  process.stderr.write(
    `Baton needs Node.js ${needed} or newer, best 24; this is ${process.version}, at ${process.execPath}. Get it from https://nodejs.org/en/download or your system's packages. To try it out first: npx -y -p node@24 -c 'npm run doctor'\n`,
  )
  process.exitCode = 1
}
