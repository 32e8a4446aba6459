import { collectDefaultMetrics, Registry } from 'prom-client'

/** Coarse, since each look wakes the process. */
const EVENT_LOOP_EVERY_MS = 50

/** CPU, memory, event loop and the like: of the process, however many Batons it runs. In Prometheus' text format. */
export function createProcessMetrics(): () => Promise<string> {
  const register = new Registry()
  collectDefaultMetrics({ register, eventLoopMonitoringPrecision: EVENT_LOOP_EVERY_MS })
  return () => register.metrics()
}
