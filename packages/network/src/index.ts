export type { NetworkOptions } from './agent.ts'
export { createHttpGet } from './http-get.ts'
export { createHttpPost, type HttpPost } from './http-post.ts'
export { type Proxies, parseProxies } from './proxies.ts'
