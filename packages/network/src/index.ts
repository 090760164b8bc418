export { createHttpGet, type NetworkOptions } from './http-get.ts'
export { type Proxies, parseProxies } from './proxies.ts'
