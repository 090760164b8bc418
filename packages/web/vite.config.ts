import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'
import { withoutDocumentation, withoutJsonSchema } from './build/leave-out.ts'

const SERVER = 'http://127.0.0.1:3000'
/** Of the first paint: known before the style sheet is, so that no text changes its width. */
const FONTS_OF_FIRST_PAINT = /(inter|jetbrains-mono)-latin-wght-normal.*\.woff2$/
const ZOD = /node_modules\/zod\/|zod-without-eval/
const OF_EVERY_PAGE =
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|wouter|@tanstack\/(query-core|react-query))\/|core\/src\/(schema|visible-text)|web\/src\/(api\/(query-client|resources|read-events)|session|models\/(available|known)-models|ui\/(button|toasts|class-names|portal-target))/

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [tailwindcss(), preloadFonts(), withoutJsonSchema(), withoutDocumentation()],
  build: {
    target: 'es2024',
    modulePreload: { polyfill: false },
    // a font or picture inside a style sheet would be a data: address
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Zod is told to make no code in the very file in which it comes: no schema is made before
            { name: 'zod', test: ZOD, priority: 1 },
            // what every page needs in one piece: alone, each small file would be compressed by itself
            { name: 'shell', test: OF_EVERY_PAGE },
            { name: 'shared', test: /(core|web)\/src\/|lucide-react/, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: {
    // the server takes nothing from a page of another host than its own
    proxy: { '^/(api|health|docs|openapi)': { target: SERVER, changeOrigin: false } },
  },
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
