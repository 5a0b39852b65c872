import { defineConfig } from 'vitest/config'
import { workerFile } from './worker/plugin.ts'

// The binary serves this folder from itself at any prefix, hence the relative base.
export default defineConfig({
  base: './',
  plugins: [workerFile()],
  build: {
    target: 'es2022',
    // The Content-Security-Policy forbids inline scripts, and Vite's preload helper is one.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
    // Two doors: parents find, units register. Neither loads the page of the other.
    rollupOptions: { input: ['index.html', 'register.html'] },
  },
  server: {
    proxy: { '/api': process.env.YIMI_URL ?? 'http://127.0.0.1:8080' },
  },
  test: { include: ['src/**/*.test.ts', 'worker/**/*.test.ts'] },
})
