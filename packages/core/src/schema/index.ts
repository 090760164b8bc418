export * from './available-models.ts'
export * from './model.ts'
