export { readSettings, type Settings } from './settings.ts'
export { type RunningServer, type StartPorts, startServer } from './start.ts'
export { StartError } from './start-error.ts'
