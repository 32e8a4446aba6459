CREATE TABLE `threads` (
	`chat` text PRIMARY KEY NOT NULL,
	`told` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `cards` ADD `waiting_version` integer;--> statement-breakpoint
CREATE INDEX `cards_place` ON `cards` (`channel`,`ts`);
--> statement-breakpoint
-- What happened before there were threads was said to nobody but the people it concerned.
INSERT INTO `threads` (`chat`, `told`) SELECT `id`, coalesce((SELECT max(`id`) FROM `events`), 0) FROM `chats`;
