/** Time that the process's own threads have computed so far, whatever else the machine was doing. */
export const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
