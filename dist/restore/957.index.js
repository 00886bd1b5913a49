export * from '../main/957.index.js';
