import { manyTold } from '../fixtures/model/many-told.ts'

manyTold('aelyst')
