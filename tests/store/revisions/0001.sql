BEGIN TRANSACTION;
CREATE TABLE athlete (
	athlete_id VARCHAR(32) NOT NULL, 
	name_key TEXT NOT NULL, 
	profile TEXT NOT NULL, 
	added_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_athlete PRIMARY KEY (athlete_id), 
	CONSTRAINT uq_athlete_name_key UNIQUE (name_key)
);
INSERT INTO "athlete" VALUES('94ebd30bfa4448d892264a4533957d9d','anna','{"name":"Anna","timezone":"Europe/Berlin","born_year":1990,"mass_kg":null,"sex":null,"dominant_leg":null,"leg_length_difference_mm":null,"runs":[],"free":[],"minutes_before_runs":8.0,"minutes_after_runs":10.0,"equipment":[],"races":[],"injuries":[],"restrictions":[]}','2026-05-20T12:00:00.000000+00:00');
INSERT INTO "athlete" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','ben','{"name":"Ben","timezone":"UTC","born_year":null,"mass_kg":71.3,"sex":null,"dominant_leg":null,"leg_length_difference_mm":null,"runs":[],"free":[],"minutes_before_runs":8.0,"minutes_after_runs":10.0,"equipment":[],"races":[],"injuries":[],"restrictions":[]}','2026-05-20T12:00:00.000000+00:00');
CREATE TABLE evenstride_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT evenstride_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "evenstride_schema" VALUES('0001');
CREATE TABLE file_outcome (
	athlete_id VARCHAR(32) NOT NULL, 
	file_key VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	help TEXT NOT NULL, 
	noted_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_file_outcome PRIMARY KEY (athlete_id, file_key), 
	CONSTRAINT fk_file_outcome_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "file_outcome" VALUES('94ebd30bfa4448d892264a4533957d9d','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','bad','failed','','No.','','2026-05-20T12:00:00.000000+00:00');
INSERT INTO "file_outcome" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','bad','failed','','No.','','2026-05-20T12:00:00.000000+00:00');
CREATE TABLE original (
	athlete_id VARCHAR(32) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	CONSTRAINT pk_original PRIMARY KEY (athlete_id, sha256), 
	CONSTRAINT fk_original_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "original" VALUES('94ebd30bfa4448d892264a4533957d9d','1a58916200cacdcf7deb9d132d2966c19415bcb9a3bbfbc332df4025b739dd89','grüße.fit',12);
INSERT INTO "original" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','33cb0ff4bfc8fc670baf40e9cc79c35828a36ebf187b03cac6257eb37df6368e','grüße.fit',11);
CREATE TABLE recording (
	athlete_id VARCHAR(32) NOT NULL, 
	recording_id VARCHAR(32) NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	rank INTEGER NOT NULL, 
	part INTEGER NOT NULL, 
	method TEXT NOT NULL, 
	start VARCHAR(32) NOT NULL, 
	duration_s DOUBLE NOT NULL, 
	format TEXT NOT NULL, 
	manufacturer TEXT, 
	product TEXT, 
	n_records BIGINT NOT NULL, 
	report TEXT NOT NULL, 
	CONSTRAINT pk_recording PRIMARY KEY (athlete_id, recording_id), 
	CONSTRAINT fk_recording_run FOREIGN KEY(athlete_id, run_id) REFERENCES run (athlete_id, run_id)
);
INSERT INTO "recording" VALUES('94ebd30bfa4448d892264a4533957d9d','a5dbdf75ac3f9d82ec1d7261bfe2a5de','2026-05-04',0,0,'1','2026-05-04T06:12:00.000000+00:00',2710.0,'fit','garmin','fenix7',2710,'{"source":{"name":"monday.fit","sha256":"0000000000000000000000000000000000000000000000000000000000000000","format":"fit","device":{"manufacturer":"garmin","product":"fenix7"}},"sport":"running","start":"2026-05-04T06:12:00+00:00","duration_s":2710.0,"distance_m":7994.500000000001,"n_records":2710,"usable_share":0.91,"dropped":[{"reason":"walking","seconds":120.0,"spans":[[900.0,1020.0]]}],"summary":{"cadence_spm":171.2,"contact_time_s":0.247,"vertical_oscillation_m":0.084,"step_length_m":1.04,"speed_mps":2.95,"heart_rate_bpm":148.0},"stretches":[],"tests":[],"judged":[{"estimate":{"metric":"contact_time","source":"watch_balance","index_pct":-1.9,"raw_index_pct":-2.1,"low_pct":-2.8,"high_pct":-0.9999999999999999,"confidence":0.95,"left":0.24934650000000003,"right":0.2446535,"level_unit":"s","n":2468,"usable_minutes":41.1,"n_effective":41.0,"memory_s":30.1,"adjusted_for":["speed","grade"],"threshold_pct":4.0,"typical_pct":2.5,"flag":null,"verdict":"ordinary","reason":null,"more_minutes":null},"effects":[{"metric":"contact_time","source":"watch_balance","condition":"elapsed","per":"10 min","effect_pct":0.3,"low_pct":-0.10000000000000003,"high_pct":0.7},{"metric":"contact_time","source":"watch_balance","condition":"speed","per":"m/s","effect_pct":-0.6,"low_pct":-1.1,"high_pct":-0.09999999999999998},{"metric":"contact_time","source":"watch_balance","condition":"grade","per":"1 %","effect_pct":0.05,"low_pct":-0.15000000000000002,"high_pct":0.25}],"thirds":[{"start_s":0.0,"end_s":903.3333333333334,"index_pct":-1.4,"low_pct":-2.9299999999999997,"high_pct":0.13000000000000012,"kind":null},{"start_s":903.3333333333334,"end_s":1806.6666666666667,"index_pct":-1.7999999999999998,"low_pct":-3.33,"high_pct":-0.2699999999999998,"kind":null},{"start_s":1806.6666666666667,"end_s":2710.0,"index_pct":-2.5,"low_pct":-4.03,"high_pct":-0.97,"kind":null}],"laps":[],"warmed_up":false,"dropped":[{"reason":"walking","seconds":120.0,"spans":[[900.0,1020.0]]}]}],"notes":[],"losses":[]}');
INSERT INTO "recording" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','39178fc01aa8704905e2860f7e7d2c49','2026-05-04',0,0,'1','2026-05-04T06:12:00.000000+00:00',2710.0,'fit','garmin','fenix7',2710,'{"source":{"name":"monday.fit","sha256":"0000000000000000000000000000000000000000000000000000000000000000","format":"fit","device":{"manufacturer":"garmin","product":"fenix7"}},"sport":"running","start":"2026-05-04T06:12:00+00:00","duration_s":2710.0,"distance_m":7994.500000000001,"n_records":2710,"usable_share":0.91,"dropped":[{"reason":"walking","seconds":120.0,"spans":[[900.0,1020.0]]}],"summary":{"cadence_spm":171.2,"contact_time_s":0.247,"vertical_oscillation_m":0.084,"step_length_m":1.04,"speed_mps":2.95,"heart_rate_bpm":148.0},"stretches":[],"tests":[],"judged":[{"estimate":{"metric":"contact_time","source":"watch_balance","index_pct":-1.9,"raw_index_pct":-2.1,"low_pct":-2.8,"high_pct":-0.9999999999999999,"confidence":0.95,"left":0.24934650000000003,"right":0.2446535,"level_unit":"s","n":2468,"usable_minutes":41.1,"n_effective":41.0,"memory_s":30.1,"adjusted_for":["speed","grade"],"threshold_pct":4.0,"typical_pct":2.5,"flag":null,"verdict":"ordinary","reason":null,"more_minutes":null},"effects":[{"metric":"contact_time","source":"watch_balance","condition":"elapsed","per":"10 min","effect_pct":0.3,"low_pct":-0.10000000000000003,"high_pct":0.7},{"metric":"contact_time","source":"watch_balance","condition":"speed","per":"m/s","effect_pct":-0.6,"low_pct":-1.1,"high_pct":-0.09999999999999998},{"metric":"contact_time","source":"watch_balance","condition":"grade","per":"1 %","effect_pct":0.05,"low_pct":-0.15000000000000002,"high_pct":0.25}],"thirds":[{"start_s":0.0,"end_s":903.3333333333334,"index_pct":-1.4,"low_pct":-2.9299999999999997,"high_pct":0.13000000000000012,"kind":null},{"start_s":903.3333333333334,"end_s":1806.6666666666667,"index_pct":-1.7999999999999998,"low_pct":-3.33,"high_pct":-0.2699999999999998,"kind":null},{"start_s":1806.6666666666667,"end_s":2710.0,"index_pct":-2.5,"low_pct":-4.03,"high_pct":-0.97,"kind":null}],"laps":[],"warmed_up":false,"dropped":[{"reason":"walking","seconds":120.0,"spans":[[900.0,1020.0]]}]}],"notes":[],"losses":[]}');
CREATE TABLE recording_original (
	athlete_id VARCHAR(32) NOT NULL, 
	recording_id VARCHAR(32) NOT NULL, 
	place INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_recording_original PRIMARY KEY (athlete_id, recording_id, place), 
	CONSTRAINT fk_recording_original_recording FOREIGN KEY(athlete_id, recording_id) REFERENCES recording (athlete_id, recording_id), 
	CONSTRAINT fk_recording_original_original FOREIGN KEY(athlete_id, sha256) REFERENCES original (athlete_id, sha256)
);
INSERT INTO "recording_original" VALUES('94ebd30bfa4448d892264a4533957d9d','a5dbdf75ac3f9d82ec1d7261bfe2a5de',0,'1a58916200cacdcf7deb9d132d2966c19415bcb9a3bbfbc332df4025b739dd89');
INSERT INTO "recording_original" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','39178fc01aa8704905e2860f7e7d2c49',0,'33cb0ff4bfc8fc670baf40e9cc79c35828a36ebf187b03cac6257eb37df6368e');
CREATE TABLE run (
	athlete_id VARCHAR(32) NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	start VARCHAR(32) NOT NULL, 
	finish VARCHAR(32) NOT NULL, 
	duration_s DOUBLE NOT NULL, 
	CONSTRAINT pk_run PRIMARY KEY (athlete_id, run_id), 
	CONSTRAINT fk_run_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "run" VALUES('94ebd30bfa4448d892264a4533957d9d','2026-05-04','2026-05-04','2026-05-04T06:12:00.000000+00:00','2026-05-04T06:57:10.000000+00:00',2710.0);
INSERT INTO "run" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','2026-05-04','2026-05-04','2026-05-04T06:12:00.000000+00:00','2026-05-04T06:57:10.000000+00:00',2710.0);
CREATE TABLE run_tag (
	athlete_id VARCHAR(32) NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_run_tag PRIMARY KEY (athlete_id, run_id, name), 
	CONSTRAINT fk_run_tag_run FOREIGN KEY(athlete_id, run_id) REFERENCES run (athlete_id, run_id)
);
INSERT INTO "run_tag" VALUES('94ebd30bfa4448d892264a4533957d9d','2026-05-04','shoe','blue');
INSERT INTO "run_tag" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','2026-05-04','shoe','blue');
CREATE TABLE side_check (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	checked DATE NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_side_check PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_side_check_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "side_check" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'2026-05-01','{"source":"watch_balance","device":"x","checked":"2026-05-01","leg":"left","method":"hop","answer":"as_named","shift_pct":0.30000000000000004,"low_pct":0.0,"high_pct":0.3333333333333333}');
INSERT INTO "side_check" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'2026-05-01','{"source":"watch_balance","device":"x","checked":"2026-05-01","leg":"left","method":"hop","answer":"as_named","shift_pct":0.30000000000000004,"low_pct":0.0,"high_pct":0.3333333333333333}');
CREATE TABLE test_result (
	athlete_id VARCHAR(32) NOT NULL, 
	test_id TEXT NOT NULL, 
	day DATE NOT NULL, 
	body TEXT NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_test_result PRIMARY KEY (athlete_id, test_id), 
	CONSTRAINT fk_test_result_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "test_result" VALUES('94ebd30bfa4448d892264a4533957d9d','2026-05-04-single_leg_hop','2026-05-04','{"test":"single_leg_hop","day":"2026-05-04","left":[0.3333333333333333],"right":[1.1],"id":"","source":"entered","extra":{},"note":""}',NULL);
INSERT INTO "test_result" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','2026-05-04-single_leg_hop','2026-05-04','{"test":"single_leg_hop","day":"2026-05-04","left":[0.3333333333333333],"right":[1.1],"id":"","source":"entered","extra":{},"note":""}',NULL);
CREATE INDEX ix_run_athlete_id_start ON run (athlete_id, start);
CREATE INDEX ix_run_athlete_id_day ON run (athlete_id, day);
CREATE INDEX ix_recording_athlete_id_run_id ON recording (athlete_id, run_id);
COMMIT;
