export * from '../main/511.index.js';
