/** Starts something on this port or, where it is taken, on any. */
export async function onPort<T>(
  port: number,
  start: (options: { readonly port?: number }) => Promise<T>,
): Promise<T> {
  try {
    return await start({ port })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return start({})
    throw error
  }
}
