#!/usr/bin/env node
import { programs } from '../bundle/index.js';

await programs['cli']();
