CREATE TABLE `loads` (
	`account` text NOT NULL,
	`owner` text NOT NULL,
	`chats` integer NOT NULL,
	`unanswered` integer NOT NULL,
	PRIMARY KEY(`account`, `owner`)
);
--> statement-breakpoint
INSERT INTO `loads` SELECT `account`, `owner`, count(*), count(`unanswered_since`) FROM `chats` WHERE `owner` IS NOT NULL GROUP BY `account`, `owner`;
