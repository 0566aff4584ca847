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
CREATE TABLE calendar_change (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	plan_number INTEGER, 
	day DATE NOT NULL, 
	body TEXT NOT NULL, 
	added_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_calendar_change PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_calendar_change_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id), 
	CONSTRAINT fk_calendar_change_plan FOREIGN KEY(athlete_id, plan_number) REFERENCES "plan" (athlete_id, number)
);
INSERT INTO "calendar_change" VALUES('94ebd30bfa4448d892264a4533957d9d',1,1,'2026-05-06','{"said":"2026-05-06 rest","days":[{"day":"2026-05-06","runs":[]}],"file":null}','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "calendar_change" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,1,'2026-05-06','{"said":"2026-05-06 rest","days":[{"day":"2026-05-06","runs":[]}],"file":null}','2026-05-20T12:00:00.000000+00:00',NULL);
CREATE TABLE calendar_feed (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	token_sha256 VARCHAR(64) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_calendar_feed PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_calendar_feed_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "calendar_feed" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'d0133ad8abee20e8cf6781f624fe5799b1897f4e92f1a2d6b70562d0ed416a6a','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "calendar_feed" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'932774a82c810b2630b385e0629ccf58a28747540a7219cb9219ffc81102e313','2026-05-20T12:00:00.000000+00:00',NULL);
CREATE TABLE day_log (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	day DATE NOT NULL, 
	body TEXT NOT NULL, 
	logged_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_day_log PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_day_log_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "day_log" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'2026-05-19','{"day":"2026-05-19","sleep_hours":7.25,"mood_0_4":null,"resting_heart_rate_bpm":null,"stiffness":[],"soreness_0_10":null,"soreness_hours":null,"pain":[],"red_flags":[],"cleared_by":"","note":""}','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "day_log" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'2026-05-19','{"day":"2026-05-19","sleep_hours":7.25,"mood_0_4":null,"resting_heart_rate_bpm":null,"stiffness":[],"soreness_0_10":null,"soreness_hours":null,"pain":[],"red_flags":[],"cleared_by":"","note":""}','2026-05-20T12:00:00.000000+00:00',NULL);
CREATE TABLE evenstride_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT evenstride_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "evenstride_schema" VALUES('0005');
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
CREATE TABLE "plan" (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	began DATE NOT NULL, 
	start DATE NOT NULL, 
	why TEXT NOT NULL, 
	body TEXT NOT NULL, 
	exported_at VARCHAR(32), 
	undone_at VARCHAR(32), 
	CONSTRAINT pk_plan PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_plan_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "plan" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'2026-05-20T12:00:00.000000+00:00','2026-05-04','2026-05-04','made','{"athlete":"Ada","start":"2026-05-04","weeks":2,"runs":[{"day":"2026-05-05","kind":"intervals","minutes":60.0,"at":"18:00:00","km":null,"note":""},{"day":"2026-05-07","kind":"easy","minutes":45.0,"at":null,"km":null,"note":""},{"day":"2026-05-10","kind":"long","minutes":110.0,"at":"08:00:00","km":null,"note":""},{"day":"2026-05-12","kind":"intervals","minutes":60.0,"at":"18:00:00","km":null,"note":""},{"day":"2026-05-14","kind":"easy","minutes":45.0,"at":null,"km":null,"note":""},{"day":"2026-05-17","kind":"long","minutes":110.0,"at":"08:00:00","km":null,"note":""}],"sessions":[{"id":"2026-05-05-mobility-1","day":"2026-05-05","slot":"pre_run","kind":"mobility","minutes":7.0,"at":null,"phase":null,"type":null,"hard":false,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"hip_circle","because":"It trains what the finding names.","tempo":"","rest_s":0.0,"first":"right","left":{"sets":1,"reps":8,"hold_s":null,"load_kg":0.0,"band":null},"right":{"sets":1,"reps":8,"hold_s":null,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":null}],"warm_up":[],"mobility":{"style":"dynamic","joints":["hip"],"planes":["frontal"]},"assumes":[],"trimmed":[],"locked":false},{"id":"2026-05-06-strength-1","day":"2026-05-06","slot":"free","kind":"strength","minutes":20.0,"at":"07:30:00","phase":"beginner","type":"general","hard":true,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"single_leg_romanian_deadlift","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"right":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"both":null,"reps_in_reserve":null},{"exercise":"split_squat","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":2,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"right":{"sets":3,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":2},{"exercise":"lateral_band_walk","because":"It keeps the pelvis level.","tempo":"smooth","rest_s":45.0,"first":null,"left":null,"right":null,"both":{"sets":2,"reps":15,"hold_s":null,"load_kg":0.0,"band":"medium"},"reps_in_reserve":null}],"warm_up":["hip_circle","single_leg_stand_eyes_open"],"mobility":null,"assumes":["two clean sessions of the split squat"],"trimmed":["step-up left out"],"locked":false},{"id":"2026-05-07-strength-1","day":"2026-05-07","slot":"after_run","kind":"strength","minutes":20.0,"at":null,"phase":"beginner","type":"general","hard":true,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"single_leg_romanian_deadlift","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"right":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"both":null,"reps_in_reserve":null},{"exercise":"split_squat","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":2,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"right":{"sets":3,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":2},{"exercise":"lateral_band_walk","because":"It keeps the pelvis level.","tempo":"smooth","rest_s":45.0,"first":null,"left":null,"right":null,"both":{"sets":2,"reps":15,"hold_s":null,"load_kg":0.0,"band":"medium"},"reps_in_reserve":null}],"warm_up":[],"mobility":null,"assumes":["two clean sessions of the split squat"],"trimmed":["step-up left out"],"locked":false},{"id":"2026-05-08-mobility-1","day":"2026-05-08","slot":"free","kind":"mobility","minutes":12.0,"at":null,"phase":null,"type":null,"hard":false,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"couch_stretch","because":"It trains what the finding names.","tempo":"","rest_s":0.0,"first":"right","left":{"sets":2,"reps":null,"hold_s":40.0,"load_kg":0.0,"band":null},"right":{"sets":2,"reps":null,"hold_s":40.0,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":null},{"exercise":"thoracic_rotation","because":"It keeps the pelvis level.","tempo":"","rest_s":0.0,"first":null,"left":null,"right":null,"both":{"sets":1,"reps":8,"hold_s":null,"load_kg":0.0,"band":null},"reps_in_reserve":null},{"exercise":"diaphragmatic_breathing","because":"It keeps the pelvis level.","tempo":"","rest_s":0.0,"first":null,"left":null,"right":null,"both":{"sets":1,"reps":null,"hold_s":60.0,"load_kg":0.0,"band":null},"reps_in_reserve":null}],"warm_up":[],"mobility":{"style":"long_hold","joints":["hip","thoracic"],"planes":["sagittal","transverse"]},"assumes":[],"trimmed":[],"locked":false},{"id":"2026-05-13-strength-1","day":"2026-05-13","slot":"free","kind":"strength","minutes":20.0,"at":null,"phase":"beginner","type":"general","hard":true,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"single_leg_romanian_deadlift","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"right":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"both":null,"reps_in_reserve":null},{"exercise":"split_squat","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":2,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"right":{"sets":3,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":2},{"exercise":"lateral_band_walk","because":"It keeps the pelvis level.","tempo":"smooth","rest_s":45.0,"first":null,"left":null,"right":null,"both":{"sets":2,"reps":15,"hold_s":null,"load_kg":0.0,"band":"medium"},"reps_in_reserve":null}],"warm_up":["hip_circle","single_leg_stand_eyes_open"],"mobility":null,"assumes":["two clean sessions of the split squat"],"trimmed":["step-up left out"],"locked":false},{"id":"2026-05-15-test-1","day":"2026-05-15","slot":"free","kind":"test","minutes":40.0,"at":null,"phase":null,"type":null,"hard":true,"plyometric":false,"because":[{"rule":"R-TEST","text":"four weeks are over"}],"exercises":[],"warm_up":[],"mobility":null,"assumes":[],"trimmed":[],"locked":false}],"solver":{"status":"optimal","gap":0.0,"seconds":null,"blocks":1},"week_list":[{"monday":"2026-05-04","number":1,"part":"base","load":"loading","phase":"beginner","text":"Learn the movements."},{"monday":"2026-05-11","number":2,"part":"base","load":"test","phase":"beginner","text":""}],"given_up":[{"rule":"R-FREQ","day":"2026-05-11","text":"one strength session only; a free Friday would make two"}],"reassessments":[{"day":"2026-05-10","text":"look at contact time in the long run"}],"advice":[{"rule":"R-SPIKE","text":"keep Sunday''s run under 19 km"}]}',NULL,NULL);
INSERT INTO "plan" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'2026-05-20T12:00:00.000000+00:00','2026-05-04','2026-05-04','made','{"athlete":"Ada","start":"2026-05-04","weeks":2,"runs":[{"day":"2026-05-05","kind":"intervals","minutes":60.0,"at":"18:00:00","km":null,"note":""},{"day":"2026-05-07","kind":"easy","minutes":45.0,"at":null,"km":null,"note":""},{"day":"2026-05-10","kind":"long","minutes":110.0,"at":"08:00:00","km":null,"note":""},{"day":"2026-05-12","kind":"intervals","minutes":60.0,"at":"18:00:00","km":null,"note":""},{"day":"2026-05-14","kind":"easy","minutes":45.0,"at":null,"km":null,"note":""},{"day":"2026-05-17","kind":"long","minutes":110.0,"at":"08:00:00","km":null,"note":""}],"sessions":[{"id":"2026-05-05-mobility-1","day":"2026-05-05","slot":"pre_run","kind":"mobility","minutes":7.0,"at":null,"phase":null,"type":null,"hard":false,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"hip_circle","because":"It trains what the finding names.","tempo":"","rest_s":0.0,"first":"right","left":{"sets":1,"reps":8,"hold_s":null,"load_kg":0.0,"band":null},"right":{"sets":1,"reps":8,"hold_s":null,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":null}],"warm_up":[],"mobility":{"style":"dynamic","joints":["hip"],"planes":["frontal"]},"assumes":[],"trimmed":[],"locked":false},{"id":"2026-05-06-strength-1","day":"2026-05-06","slot":"free","kind":"strength","minutes":20.0,"at":"07:30:00","phase":"beginner","type":"general","hard":true,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"single_leg_romanian_deadlift","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"right":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"both":null,"reps_in_reserve":null},{"exercise":"split_squat","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":2,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"right":{"sets":3,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":2},{"exercise":"lateral_band_walk","because":"It keeps the pelvis level.","tempo":"smooth","rest_s":45.0,"first":null,"left":null,"right":null,"both":{"sets":2,"reps":15,"hold_s":null,"load_kg":0.0,"band":"medium"},"reps_in_reserve":null}],"warm_up":["hip_circle","single_leg_stand_eyes_open"],"mobility":null,"assumes":["two clean sessions of the split squat"],"trimmed":["step-up left out"],"locked":false},{"id":"2026-05-07-strength-1","day":"2026-05-07","slot":"after_run","kind":"strength","minutes":20.0,"at":null,"phase":"beginner","type":"general","hard":true,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"single_leg_romanian_deadlift","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"right":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"both":null,"reps_in_reserve":null},{"exercise":"split_squat","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":2,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"right":{"sets":3,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":2},{"exercise":"lateral_band_walk","because":"It keeps the pelvis level.","tempo":"smooth","rest_s":45.0,"first":null,"left":null,"right":null,"both":{"sets":2,"reps":15,"hold_s":null,"load_kg":0.0,"band":"medium"},"reps_in_reserve":null}],"warm_up":[],"mobility":null,"assumes":["two clean sessions of the split squat"],"trimmed":["step-up left out"],"locked":false},{"id":"2026-05-08-mobility-1","day":"2026-05-08","slot":"free","kind":"mobility","minutes":12.0,"at":null,"phase":null,"type":null,"hard":false,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"couch_stretch","because":"It trains what the finding names.","tempo":"","rest_s":0.0,"first":"right","left":{"sets":2,"reps":null,"hold_s":40.0,"load_kg":0.0,"band":null},"right":{"sets":2,"reps":null,"hold_s":40.0,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":null},{"exercise":"thoracic_rotation","because":"It keeps the pelvis level.","tempo":"","rest_s":0.0,"first":null,"left":null,"right":null,"both":{"sets":1,"reps":8,"hold_s":null,"load_kg":0.0,"band":null},"reps_in_reserve":null},{"exercise":"diaphragmatic_breathing","because":"It keeps the pelvis level.","tempo":"","rest_s":0.0,"first":null,"left":null,"right":null,"both":{"sets":1,"reps":null,"hold_s":60.0,"load_kg":0.0,"band":null},"reps_in_reserve":null}],"warm_up":[],"mobility":{"style":"long_hold","joints":["hip","thoracic"],"planes":["sagittal","transverse"]},"assumes":[],"trimmed":[],"locked":false},{"id":"2026-05-13-strength-1","day":"2026-05-13","slot":"free","kind":"strength","minutes":20.0,"at":null,"phase":"beginner","type":"general","hard":true,"plyometric":false,"because":[{"rule":"R-AFTER-EASY","text":"a day without a run"}],"exercises":[{"exercise":"single_leg_romanian_deadlift","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"right":{"sets":3,"reps":10,"hold_s":null,"load_kg":8.0,"band":null},"both":null,"reps_in_reserve":null},{"exercise":"split_squat","because":"It trains what the finding names.","tempo":"3-1-3-1","rest_s":60.0,"first":"right","left":{"sets":2,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"right":{"sets":3,"reps":12,"hold_s":null,"load_kg":0.0,"band":null},"both":null,"reps_in_reserve":2},{"exercise":"lateral_band_walk","because":"It keeps the pelvis level.","tempo":"smooth","rest_s":45.0,"first":null,"left":null,"right":null,"both":{"sets":2,"reps":15,"hold_s":null,"load_kg":0.0,"band":"medium"},"reps_in_reserve":null}],"warm_up":["hip_circle","single_leg_stand_eyes_open"],"mobility":null,"assumes":["two clean sessions of the split squat"],"trimmed":["step-up left out"],"locked":false},{"id":"2026-05-15-test-1","day":"2026-05-15","slot":"free","kind":"test","minutes":40.0,"at":null,"phase":null,"type":null,"hard":true,"plyometric":false,"because":[{"rule":"R-TEST","text":"four weeks are over"}],"exercises":[],"warm_up":[],"mobility":null,"assumes":[],"trimmed":[],"locked":false}],"solver":{"status":"optimal","gap":0.0,"seconds":null,"blocks":1},"week_list":[{"monday":"2026-05-04","number":1,"part":"base","load":"loading","phase":"beginner","text":"Learn the movements."},{"monday":"2026-05-11","number":2,"part":"base","load":"test","phase":"beginner","text":""}],"given_up":[{"rule":"R-FREQ","day":"2026-05-11","text":"one strength session only; a free Friday would make two"}],"reassessments":[{"day":"2026-05-10","text":"look at contact time in the long run"}],"advice":[{"rule":"R-SPIKE","text":"keep Sunday''s run under 19 km"}]}',NULL,NULL);
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
CREATE TABLE return_state (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	day DATE NOT NULL, 
	log TEXT, 
	body TEXT NOT NULL, 
	kept_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_return_state PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_return_state_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "return_state" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'2026-05-06',NULL,'{"side":"left","site":"tibia","began":"2026-05-06","since":"2026-05-06","stage_since":"2026-05-06","stage":"walking","step":1,"bone":true,"sessions":0,"good":0,"locks":[{"by":"clinician","why":"A bone was injured: running waits for a clinician''s release.","since":"2026-05-06","stage":null,"until":null,"name":""}],"referred":"","finished_on":null,"recent":[],"stance":[],"history":[{"day":"2026-05-06","event":"start","rule":"RR-START","reason":"It begins with walking.","from_stage":"walking","from_step":1,"to_stage":"walking","to_step":1,"log_day":null,"by":null},{"day":"2026-05-06","event":"lock","rule":"RR-BONE","reason":"Locked by the clinician: A bone was injured: running waits for a clinician''s release.","from_stage":"walking","from_step":1,"to_stage":"walking","to_step":1,"log_day":null,"by":"clinician"}]}','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "return_state" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'2026-05-06',NULL,'{"side":"left","site":"tibia","began":"2026-05-06","since":"2026-05-06","stage_since":"2026-05-06","stage":"walking","step":1,"bone":true,"sessions":0,"good":0,"locks":[{"by":"clinician","why":"A bone was injured: running waits for a clinician''s release.","since":"2026-05-06","stage":null,"until":null,"name":""}],"referred":"","finished_on":null,"recent":[],"stance":[],"history":[{"day":"2026-05-06","event":"start","rule":"RR-START","reason":"It begins with walking.","from_stage":"walking","from_step":1,"to_stage":"walking","to_step":1,"log_day":null,"by":null},{"day":"2026-05-06","event":"lock","rule":"RR-BONE","reason":"Locked by the clinician: A bone was injured: running waits for a clinician''s release.","from_stage":"walking","from_step":1,"to_stage":"walking","to_step":1,"log_day":null,"by":"clinician"}]}','2026-05-20T12:00:00.000000+00:00',NULL);
CREATE TABLE review (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	week DATE NOT NULL, 
	plan_number INTEGER, 
	body TEXT NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_review PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_review_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id), 
	CONSTRAINT fk_review_plan FOREIGN KEY(athlete_id, plan_number) REFERENCES "plan" (athlete_id, number)
);
INSERT INTO "review" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'2026-05-18',NULL,'{"week":"2026-05-18","day":"2026-05-18","outcome":"hold","decisions":[],"exercises":[],"adjustments":[],"adherence":null,"rest":null,"wins":[],"notes":[],"opinions":[],"applied":false,"cues":[]}','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "review" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'2026-05-18',NULL,'{"week":"2026-05-18","day":"2026-05-18","outcome":"hold","decisions":[],"exercises":[],"adjustments":[],"adherence":null,"rest":null,"wins":[],"notes":[],"opinions":[],"applied":false,"cues":[]}','2026-05-20T12:00:00.000000+00:00',NULL);
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
CREATE TABLE run_log (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	day DATE NOT NULL, 
	run TEXT NOT NULL, 
	rater VARCHAR(16) NOT NULL, 
	name TEXT NOT NULL, 
	body TEXT NOT NULL, 
	logged_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_run_log PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_run_log_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "run_log" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'2026-05-19','','runner','','{"day":"2026-05-19","run":"","items":{},"harder":null,"effort_0_10":4.5,"minutes":null,"kind":null,"by":"runner","name":"","before_numbers":null,"without_device":false,"pain":[],"cues":[],"block":"","first":null,"note":""}','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "run_log" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'2026-05-19','','runner','','{"day":"2026-05-19","run":"","items":{},"harder":null,"effort_0_10":4.5,"minutes":null,"kind":null,"by":"runner","name":"","before_numbers":null,"without_device":false,"pain":[],"cues":[],"block":"","first":null,"note":""}','2026-05-20T12:00:00.000000+00:00',NULL);
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
CREATE TABLE session_log (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	session TEXT NOT NULL, 
	day DATE NOT NULL, 
	body TEXT NOT NULL, 
	logged_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_session_log PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_session_log_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "session_log" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'2026-05-05-mobility-1','2026-05-05','{"session":"2026-05-05-mobility-1","day":"2026-05-05","done":true,"kind":"strength","type":null,"exercises":[{"exercise":"split_squat","left_reps":[10.0,9.0],"right_reps":[10.0,10.0],"left_load_kg":0.0,"right_load_kg":0.0,"clean_left":null,"clean_right":null,"pain_0_10":0.3333333333333333,"pain_site":"","pain_side":null}],"effort_0_10":6.5,"note":"ok"}','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "session_log" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'2026-05-05-mobility-1','2026-05-05','{"session":"2026-05-05-mobility-1","day":"2026-05-05","done":true,"kind":"strength","type":null,"exercises":[{"exercise":"split_squat","left_reps":[10.0,9.0],"right_reps":[10.0,10.0],"left_load_kg":0.0,"right_load_kg":0.0,"clean_left":null,"clean_right":null,"pain_0_10":0.3333333333333333,"pain_site":"","pain_side":null}],"effort_0_10":6.5,"note":"ok"}','2026-05-20T12:00:00.000000+00:00',NULL);
CREATE TABLE session_template (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	body TEXT NOT NULL, 
	kept_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_session_template PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_session_template_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "session_template" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'hips','{"name":"hips","exercises":[],"since":"2026-05-18","until":null,"by":"","note":""}','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "session_template" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'hips','{"name":"hips","exercises":[],"since":"2026-05-18","until":null,"by":"","note":""}','2026-05-20T12:00:00.000000+00:00',NULL);
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
CREATE TABLE trial (
	athlete_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	body TEXT NOT NULL, 
	kept_at VARCHAR(32) NOT NULL, 
	removed_at VARCHAR(32), 
	CONSTRAINT pk_trial PRIMARY KEY (athlete_id, number), 
	CONSTRAINT fk_trial_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "trial" VALUES('94ebd30bfa4448d892264a4533957d9d',1,'2026-05-04-quiet_feet','{"id":"2026-05-04-quiet_feet","what":"quiet_feet","kind":"cue","metric":"contact_time","source":"watch_balance","unit":"run","began":"2026-05-18","periods":[{"number":1,"pair":1,"on":true,"monday":null,"washout":false}],"smallest":1.0,"seed":7,"run_to_run_sd":null,"power":null,"ended":null,"note":"","usual_side":null,"better":"smaller","runs_a_week":null,"outlook":"","told":{}}','2026-05-20T12:00:00.000000+00:00',NULL);
INSERT INTO "trial" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203',1,'2026-05-04-quiet_feet','{"id":"2026-05-04-quiet_feet","what":"quiet_feet","kind":"cue","metric":"contact_time","source":"watch_balance","unit":"run","began":"2026-05-18","periods":[{"number":1,"pair":1,"on":true,"monday":null,"washout":false}],"smallest":1.0,"seed":7,"run_to_run_sd":null,"power":null,"ended":null,"note":"","usual_side":null,"better":"smaller","runs_a_week":null,"outlook":"","told":{}}','2026-05-20T12:00:00.000000+00:00',NULL);
CREATE TABLE watched_file (
	athlete_id VARCHAR(32) NOT NULL, 
	path_key VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	changed_ns BIGINT NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	text TEXT NOT NULL, 
	help TEXT NOT NULL, 
	noted_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_watched_file PRIMARY KEY (athlete_id, path_key), 
	CONSTRAINT fk_watched_file_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "watched_file" VALUES('94ebd30bfa4448d892264a4533957d9d','faddb1b09e7ef6e8cc665d7f93960356c27d1923569f29ec896d3086ae6cbb03','run.fit',6,1,'kept','','','2026-05-20T12:00:00.000000+00:00');
INSERT INTO "watched_file" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','faddb1b09e7ef6e8cc665d7f93960356c27d1923569f29ec896d3086ae6cbb03','run.fit',6,1,'kept','','','2026-05-20T12:00:00.000000+00:00');
CREATE TABLE watched_folder (
	athlete_id VARCHAR(32) NOT NULL, 
	path TEXT NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_watched_folder PRIMARY KEY (athlete_id), 
	CONSTRAINT fk_watched_folder_athlete FOREIGN KEY(athlete_id) REFERENCES athlete (athlete_id)
);
INSERT INTO "watched_folder" VALUES('94ebd30bfa4448d892264a4533957d9d','/home/somebody/watch','2026-05-20T12:00:00.000000+00:00');
INSERT INTO "watched_folder" VALUES('cf5d4c6f4cd04b66918bf3a82ce7e203','/home/somebody/watch','2026-05-20T12:00:00.000000+00:00');
CREATE INDEX ix_run_athlete_id_start ON run (athlete_id, start);
CREATE INDEX ix_run_athlete_id_day ON run (athlete_id, day);
CREATE INDEX ix_recording_athlete_id_run_id ON recording (athlete_id, run_id);
CREATE INDEX ix_calendar_feed_token_sha256 ON calendar_feed (token_sha256);
COMMIT;
