export { ApiKey } from './api-key.ts'
export { type Offer, staticModels, toAvailableModels, toOffer } from './available-models.ts'
export { baseUrlVariable, isLoopback, parseBaseUrl } from './base-url.ts'
export { CATALOGUE_URL, Catalogue, readCatalogue } from './catalogue.ts'
export {
  CATALOGUE_TTL_MS,
  type CatalogueAnswer,
  type CatalogueRequest,
  parseCatalogueUrl,
  requestCatalogue,
} from './catalogue-request.ts'
export { classify } from './classify.ts'
export { applyCorrections } from './corrections.ts'
export { costOf } from './cost.ts'
export { type CsvColumn, csvHead, csvLines, toCsv } from './csv.ts'
export { type DiscoverOptions, discover, discoverAll, type ProviderResult } from './discover.ts'
export { enrich, type Facts, type PriceList } from './enrich.ts'
export type { Failure, FailureDetail } from './failure.ts'
export { failureSentence } from './failure-sentence.ts'
export {
  changesAt,
  type FreshnessPolicy,
  freshnessPolicy,
  type KnownList,
  type Lesson,
  learn,
  NOTHING_KNOWN,
  whenToAsk,
} from './known-list.ts'
export { LIMITS, type Limits } from './limits.ts'
export type { Ask } from './list-models.ts'
export { listStatus } from './list-status.ts'
export type { Provider } from './provider.ts'
export { PROVIDERS } from './providers/index.ts'
export type { Listing } from './read-pages.ts'
export { readRefusal } from './read-refusal.ts'
export { authorise } from './request.ts'
export { createRetryBudget, type RetryBudget } from './retry-budget.ts'
export { runStatus } from './run-status.ts'
export { sameModels } from './same-models.ts'
