ALTER TABLE `chats` ADD `search_id` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `chats_search` ON `chats` (`search_id`);--> statement-breakpoint
CREATE INDEX `chats_active` ON `chats` (`last_message_at`,`status`,`search_id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `chat_texts` USING fts5(`numbers`, `name`, `notes`, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
