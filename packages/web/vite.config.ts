import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'

const SERVER = 'http://127.0.0.1:3000'
/** Of the first paint: known before the style sheet is, so that no text changes its width. */
const FONTS_OF_FIRST_PAINT = /(inter|jetbrains-mono)-latin-wght-normal.*\.woff2$/
const ZOD = /node_modules\/zod\/|zod-without-eval/

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [tailwindcss(), preloadFonts()],
  build: {
    target: 'es2024',
    modulePreload: { polyfill: false },
    // a font or picture inside a style sheet would be a data: address
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Zod is told to make no code in the very file in which it comes: no schema, wherever it ends up, is made before
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'zod', test: ZOD }] } } },
  },
  server: { proxy: { '^/(api|health|docs|openapi)': SERVER } },
})

function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => FONTS_OF_FIRST_PAINT.test(file))
          .map(
            (file): HtmlTagDescriptor => ({
              tag: 'link',
              attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
              injectTo: 'head-prepend',
            }),
          ),
    },
  }
}
