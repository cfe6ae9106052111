<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="te_IN">
<context>
    <name>AbxQuestion</name>
    <message>
        <source>X is {letter}</source>
        <translation>X అంటే {letter}</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>మీట {key}</translation>
    </message>
    <message>
        <source>Play them with the keys A, B and X, as often as you like; answer with 1 or 2.</source>
        <translation>A, B, X మీటలతో ఎన్నిసార్లైనా వినండి; 1 లేదా 2 తో జవాబివ్వండి.</translation>
    </message>
    <message>
        <source>Which one is X? Question {n} of {all}</source>
        <translation>X ఏది? {all} లో {n}వ ప్రశ్న</translation>
    </message>
    <message>
        <source>Play {letter}</source>
        <translation>{letter} వినిపించు</translation>
    </message>
</context>
<context>
    <name>ArchiveDoor</name>
    <message>
        <source>“{title}” was deleted.</source>
        <translation>“{title}” తొలగించబడింది.</translation>
    </message>
    <message>
        <source>This turn was not kept, so it cannot be heard again.</source>
        <translation>ఈ వంతు దాచబడలేదు, కాబట్టి మళ్ళీ వినలేరు.</translation>
    </message>
    <message>
        <source>In private nothing is kept.</source>
        <translation>ఆంతరంగికంగా ఉన్నప్పుడు ఏదీ దాచబడదు.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>మీరు</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>పలుకు</translation>
    </message>
</context>
<context>
    <name>Bridge</name>
    <message>
        <source>Nobody is here yet who could answer {name}.</source>
        <translation>{name}కు జవాబు చెప్పేవారు ఇంకా లేరు.</translation>
    </message>
    <message>
        <source>Drop it again when a speech model is loaded.</source>
        <translation>మాట్లాడే నమూనా సిద్ధమైన తర్వాత మళ్ళీ వదలండి.</translation>
    </message>
</context>
<context>
    <name>CheckRows</name>
    <message>
        <source>“Check everything” looks at the devices, the folders and the models. It takes a few seconds.</source>
        <translation>“అన్నీ పరిశీలించు” పరికరాలను, ఫోల్డర్లను, నమూనాలను చూస్తుంది. కొన్ని సెకన్లు పడుతుంది.</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>బాగుంది</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>లోపం</translation>
    </message>
    <message>
        <source>System</source>
        <translation>వ్యవస్థ</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>మెమరీ</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>లైబ్రరీలు</translation>
    </message>
    <message>
        <source>Accelerators</source>
        <translation>వేగవర్ధకాలు</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>తెర</translation>
    </message>
    <message>
        <source>Folder of your data</source>
        <translation>మీ డేటా ఫోల్డర్</translation>
    </message>
    <message>
        <source>Microphones</source>
        <translation>మైక్రోఫోన్లు</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>స్పీకర్లు</translation>
    </message>
    <message>
        <source>Level of the microphone</source>
        <translation>మైక్ స్థాయి</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>నమూనాలు</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>కోడెక్</translation>
    </message>
</context>
<context>
    <name>CodeUse</name>
    <message>
        <source>Use of the codes in each codebook</source>
        <translation>ప్రతి కోడ్‌బుక్‌లో సంకేతాల వాడుక</translation>
    </message>
    <message>
        <source>Codebook {n}: {used} different codes of {all}, in {seen} frames</source>
        <translation>కోడ్‌బుక్ {n}: {seen} ఫ్రేముల్లో, {all} లో {used} వేర్వేరు సంకేతాలు</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Conversations</source>
        <translation>సంభాషణలు</translation>
    </message>
    <message>
        <source>Without words</source>
        <translation>మాటలు లేవు</translation>
    </message>
</context>
<context>
    <name>ConversationPage</name>
    <message>
        <source>New</source>
        <translation>కొత్తది</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>కొత్త సంభాషణ</translation>
    </message>
    <message>
        <source>Begin a new conversation (Ctrl+N)</source>
        <translation>కొత్త సంభాషణ మొదలుపెట్టండి (Ctrl+N)</translation>
    </message>
    <message>
        <source>Roman letters</source>
        <translation>ఇంగ్లీషు లిపి</translation>
    </message>
    <message>
        <source>Telugu words in Roman letters, or in their own</source>
        <translation>తెలుగు మాటలు ఇంగ్లీషు లిపిలో, లేదా తెలుగు లిపిలో</translation>
    </message>
    <message>
        <source>{ms} ms to the ear</source>
        <translation>చెవికి {ms} మి.సె.</translation>
    </message>
    <message>
        <source>What was said so far is kept.</source>
        <translation>ఇప్పటివరకు మాట్లాడింది భద్రంగా ఉంది.</translation>
    </message>
    <message>
        <source>The voice engine has stopped</source>
        <translation>మాట్లాడే యంత్రం ఆగిపోయింది</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>మైక్ లేదు</translation>
    </message>
    <message>
        <source>No speaker</source>
        <translation>స్పీకర్ లేదు</translation>
    </message>
    <message>
        <source>Connect one, or choose another. It is found by itself.</source>
        <translation>ఒకటి కలపండి, లేదా వేరొకటి ఎంచుకోండి. అది తనంతట తానే దొరుకుతుంది.</translation>
    </message>
    <message>
        <source>Add one on the models page.
Meanwhile the mirror lets you hear yourself.</source>
        <translation>నమూనాల పేజీలో ఒకటి చేర్చండి.
ఈలోగా అద్దంలో మీ గొంతు మీరే వినవచ్చు.</translation>
    </message>
    <message>
        <source>No speech model yet</source>
        <translation>మాట్లాడే నమూనా ఇంకా లేదు</translation>
    </message>
    <message>
        <source>Talk in Telugu or in English.
Nothing that you say leaves this computer.</source>
        <translation>తెలుగులో గానీ ఇంగ్లీషులో గానీ మాట్లాడండి.
మీ మాట ఏదీ ఈ కంప్యూటర్ దాటి వెళ్లదు.</translation>
    </message>
    <message>
        <source>Try “What time is it?”, “Tell me a story”, or “ఒక జోక్ చెప్పు”.</source>
        <translation>“టైం ఎంత?”, “ఒక కథ చెప్పు”, లేదా “What can you do?” అని అడిగి చూడండి.</translation>
    </message>
    <message>
        <source>నమస్తే</source>
        <translation>నమస్తే</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>మళ్లీ మొదలుపెట్టు</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>పరికరాన్ని ఎంచుకోండి</translation>
    </message>
    <message>
        <source>Open the mirror</source>
        <translation>అద్దం తెరువు</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Name of the conversation</source>
        <translation>సంభాషణ పేరు</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>పేరు మార్చు</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>బయటకు తీయి</translation>
    </message>
    <message>
        <source>Sound (WAV)…</source>
        <translation>ధ్వని (WAV)…</translation>
    </message>
    <message>
        <source>Sound (FLAC)…</source>
        <translation>ధ్వని (FLAC)…</translation>
    </message>
    <message>
        <source>Subtitles (SRT)…</source>
        <translation>ఉపశీర్షికలు (SRT)…</translation>
    </message>
    <message>
        <source>A page (Markdown)…</source>
        <translation>ఒక పేజీ (Markdown)…</translation>
    </message>
    <message>
        <source>For programs (JSON)…</source>
        <translation>ప్రోగ్రాముల కోసం (JSON)…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>తొలగించు</translation>
    </message>
    <message>
        <source>Without words</source>
        <translation>మాటలు లేవు</translation>
    </message>
</context>
<context>
    <name>ConversationsPage</name>
    <message>
        <source>History</source>
        <translation>చరిత్ర</translation>
    </message>
    <message>
        <source>Private: keep nothing that is said</source>
        <translation>ఆంతరంగికం: మాట్లాడింది ఏదీ ఉంచవద్దు</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>ఆంతరంగికం</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>వెతకండి</translation>
    </message>
    <message>
        <source>Search in what was said</source>
        <translation>మాట్లాడిన వాటిలో వెతకండి</translation>
    </message>
    <message>
        <source>Private is on: what is said now is not kept.</source>
        <translation>ఆంతరంగికంగా ఉంది: ఇప్పుడు మాట్లాడేది ఉంచబడదు.</translation>
    </message>
    <message>
        <source>Kept on this computer only, until you delete it.</source>
        <translation>మీరు తొలగించే వరకు ఈ కంప్యూటర్‌లోనే ఉంటుంది.</translation>
    </message>
    <message>
        <source>Choose a conversation to read it or to hear it again.</source>
        <translation>చదవడానికి లేదా మళ్లీ వినడానికి ఒక సంభాషణ ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>ఏదీ దొరకలేదు</translation>
    </message>
    <message>
        <source>Nobody said that.</source>
        <translation>ఎవరూ ఆ మాట అనలేదు.</translation>
    </message>
    <message>
        <source>What you talk about is listed here, with its sound.</source>
        <translation>మీరు మాట్లాడేవి, వాటి ధ్వనితో సహా, ఇక్కడ కనిపిస్తాయి.</translation>
    </message>
    <message>
        <source>No conversation yet</source>
        <translation>ఇంకా సంభాషణ లేదు</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>Paluku</source>
        <translation>పలుకు</translation>
    </message>
    <message>
        <source>Something went wrong inside Paluku.</source>
        <translation>పలుకు లోపల ఏదో పొరపాటు జరిగింది.</translation>
    </message>
    <message>
        <source>It goes on as well as it can. What happened is written down in
{path}</source>
        <translation>వీలైనంతవరకు అది కొనసాగుతుంది. ఏం జరిగిందో ఇక్కడ రాసి ఉంది:
{path}</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>చిట్టా చూపించు</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>మూసివేయి</translation>
    </message>
</context>
<context>
    <name>DelayBar</name>
    <message>
        <source>Delay from mouth to ear</source>
        <translation>నోటి నుండి చెవికి ఆలస్యం</translation>
    </message>
    <message>
        <source>Measuring the delay</source>
        <translation>ఆలస్యాన్ని కొలుస్తోంది</translation>
    </message>
    <message>
        <source>{ms} ms from mouth to ear</source>
        <translation>నోటి నుంచి చెవికి {ms} మి.సె.</translation>
    </message>
    <message>
        <source>capture {capture}, codec {codec}, playback {playback}</source>
        <translation>గ్రహణం {capture}, కోడెక్ {codec}, వినిపించడం {playback}</translation>
    </message>
</context>
<context>
    <name>DevicePicker</name>
    <message>
        <source>The system&apos;s default</source>
        <translation>సిస్టమ్ ఎంపిక</translation>
    </message>
    <message>
        <source>{name} (away)</source>
        <translation>{name} (లేదు)</translation>
    </message>
</context>
<context>
    <name>DiagnosisPage</name>
    <message>
        <source>Codec to examine</source>
        <translation>పరీక్షించాల్సిన కోడెక్</translation>
    </message>
    <message>
        <source>Examine</source>
        <translation>పరీక్షించు</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>అసలు ధ్వని</translation>
    </message>
    <message>
        <source>Through the codec</source>
        <translation>కోడెక్ గుండా</translation>
    </message>
    <message>
        <source>Spectrogram of the original</source>
        <translation>అసలు ధ్వని స్పెక్ట్రోగ్రామ్</translation>
    </message>
    <message>
        <source>Spectrogram of what came out of the codec</source>
        <translation>కోడెక్ నుంచి వచ్చిన ధ్వని స్పెక్ట్రోగ్రామ్</translation>
    </message>
    <message>
        <source>Difference of the two spectrograms</source>
        <translation>రెండు స్పెక్ట్రోగ్రామ్‌ల తేడా</translation>
    </message>
    <message>
        <source>Whole report</source>
        <translation>పూర్తి నివేదిక</translation>
    </message>
    <message>
        <source>Opens in the browser; nothing is sent anywhere</source>
        <translation>బ్రౌజర్‌లో తెరుచుకుంటుంది; ఎక్కడికీ ఏదీ పంపబడదు</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>భద్రపరచు…</translation>
    </message>
    <message>
        <source>Save the report with its sounds and pictures</source>
        <translation>ధ్వనులు, చిత్రాలతో నివేదికను భద్రపరచు</translation>
    </message>
    <message>
        <source>What comes out of the codec is compared with what went in, in half a minute or more.</source>
        <translation>కోడెక్‌లోకి వెళ్ళినదాన్నీ బయటికి వచ్చినదాన్నీ పోల్చి చూస్తుంది; అర నిమిషం లేదా ఎక్కువ పడుతుంది.</translation>
    </message>
    <message>
        <source>Save the report as a folder</source>
        <translation>నివేదికను ఫోల్డర్‌గా భద్రపరచు</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>కోడెక్</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>మాటలు</translation>
    </message>
    <message>
        <source>Difference: blue is missing, red was added</source>
        <translation>తేడా: నీలం పోయింది, ఎరుపు చేరింది</translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>How Paluku does at this moment, on this computer.</source>
        <translation>ఈ క్షణంలో, ఈ కంప్యూటర్‌లో పలుకు ఎలా పనిచేస్తోంది.</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>స్థితి</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>నివేదిక నకలు</translation>
    </message>
    <message>
        <source>Everything on this page as text. It is only copied, never sent</source>
        <translation>ఈ పేజీలోనిదంతా పాఠ్యంగా. నకలు మాత్రమే అవుతుంది, ఎక్కడికీ పంపబడదు</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>అన్నీ పరిశీలించు</translation>
    </message>
    <message>
        <source>The way of the sound</source>
        <translation>ధ్వని దారి</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>లెక్కలు</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>ఈ కంప్యూటర్</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} సె.</translation>
    </message>
    <message>
        <source>{n} ms, mostly under {most} ms</source>
        <translation>{n} మి.సె, ఎక్కువగా {most} మి.సె లోపు</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>పరిశీలిస్తోంది…</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>నకలు అయింది</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>ఫ్రేములు</translation>
    </message>
    <message>
        <source>Frames of sound computed since the start</source>
        <translation>మొదటి నుండి లెక్కించిన ధ్వని ఫ్రేములు</translation>
    </message>
    <message>
        <source>Late frames</source>
        <translation>ఆలస్యమైన ఫ్రేములు</translation>
    </message>
    <message>
        <source>Frames that took longer to compute than they last</source>
        <translation>తమ నిడివి కంటే ఎక్కువ సేపు లెక్కించిన ఫ్రేములు</translation>
    </message>
    <message>
        <source>Overruns</source>
        <translation>పొంగులు</translation>
    </message>
    <message>
        <source>How often sound of the microphone was lost</source>
        <translation>మైక్రోఫోన్ ధ్వని ఎన్నిసార్లు పోయింది</translation>
    </message>
    <message>
        <source>Underruns</source>
        <translation>లోటులు</translation>
    </message>
    <message>
        <source>How often the speaker had to wait for sound</source>
        <translation>స్పీకర్ ధ్వని కోసం ఎన్నిసార్లు ఆగింది</translation>
    </message>
    <message>
        <source>A step</source>
        <translation>ఒక అడుగు</translation>
    </message>
    <message>
        <source>What the engine computes for one frame</source>
        <translation>ఒక ఫ్రేముకు ఇంజిన్ చేసే లెక్క</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>మెమరీ</translation>
    </message>
    <message>
        <source>With all processes that belong to Paluku</source>
        <translation>పలుకుకు చెందిన అన్ని ప్రక్రియలతో</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>కోడెక్</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>మాట్లాడే నమూనా</translation>
    </message>
    <message>
        <source>Loaded in</source>
        <translation>లోడైన సమయం</translation>
    </message>
</context>
<context>
    <name>ErrorBar</name>
    <message>
        <source>Close this message</source>
        <translation>ఈ సందేశాన్ని మూసివేయి</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>పరికరాన్ని ఎంచుకోండి</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>మళ్లీ మొదలుపెట్టు</translation>
    </message>
</context>
<context>
    <name>KeptTests</name>
    <message>
        <source>Earlier tests</source>
        <translation>ఇంతకు ముందు పరీక్షలు</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>కొనసాగించు</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>బయటకు తీయి</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>తొలగించు</translation>
    </message>
    <message>
        <source>A table (CSV)</source>
        <translation>పట్టిక (CSV)</translation>
    </message>
    <message>
        <source>For programs (JSON)</source>
        <translation>ప్రోగ్రాముల కోసం (JSON)</translation>
    </message>
    <message>
        <source>Export the answers</source>
        <translation>జవాబులను బయటకు తీయి</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>మీటలు</translation>
    </message>
    <message>
        <source>Space, held</source>
        <translation>Space, నొక్కి ఉంచి</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>మాట్లాడు</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>జవాబు ఆపు</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Mute the microphone, or go on</source>
        <translation>మైక్ మూసివేయి, లేదా కొనసాగించు</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Hands-free, or hold to talk</source>
        <translation>స్వేచ్ఛగా, లేదా నొక్కి మాట్లాడటం</translation>
    </message>
    <message>
        <source>Ctrl+G</source>
        <translation>Ctrl+G</translation>
    </message>
    <message>
        <source>Show or hide the spectrograms</source>
        <translation>స్పెక్ట్రోగ్రామ్‌లను చూపించు లేదా దాచు</translation>
    </message>
    <message>
        <source>F</source>
        <translation>F</translation>
    </message>
    <message>
        <source>Hold the spectrograms still, or let them go on</source>
        <translation>స్పెక్ట్రోగ్రామ్‌లను ఆపు, లేదా సాగనివ్వు</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>Type instead of speaking</source>
        <translation>మాట్లాడే బదులు టైప్ చేయి</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Begin a new conversation</source>
        <translation>కొత్త సంభాషణ మొదలుపెట్టు</translation>
    </message>
    <message>
        <source>Ctrl+1, Ctrl+2 …</source>
        <translation>Ctrl+1, Ctrl+2 …</translation>
    </message>
    <message>
        <source>Go to a page, in the order of the rail</source>
        <translation>పక్క వరుస క్రమంలో పేజీకి వెళ్ళు</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Search in what was said</source>
        <translation>మాట్లాడిన వాటిలో వెతకండి</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Go to the next control</source>
        <translation>తర్వాతి అంశానికి వెళ్లు</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>ఈ పట్టిక</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>నిష్క్రమించు</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>మూసివేయి</translation>
    </message>
</context>
<context>
    <name>LatencyStrip</name>
    <message>
        <source>What a frame of sound spends where</source>
        <translation>ఒక ధ్వని ఫ్రేము ఎక్కడ ఎంత సమయం తీసుకుంటుంది</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>గ్రహణం</translation>
    </message>
    <message>
        <source>In the microphone and the system&apos;s sound, before we have it</source>
        <translation>మనకు అందే ముందు, మైక్రోఫోన్‌లో, వ్యవస్థ ధ్వనిలో</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>ఎన్‌కోడర్</translation>
    </message>
    <message>
        <source>Sound to codes, on average for a frame</source>
        <translation>ధ్వని నుండి సంకేతాలు, సగటున ఒక ఫ్రేముకు</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>నమూనా</translation>
    </message>
    <message>
        <source>Hearing, answering and finding the ends of turns, for a frame</source>
        <translation>వినడం, జవాబివ్వడం, వంతు ముగింపు గుర్తించడం, ఒక ఫ్రేముకు</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>డీకోడర్</translation>
    </message>
    <message>
        <source>Codes to sound, on average for a frame</source>
        <translation>సంకేతాల నుండి ధ్వని, సగటున ఒక ఫ్రేముకు</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>పరికరం</translation>
    </message>
    <message>
        <source>In the system&apos;s sound and the speaker, after we let it go</source>
        <translation>మనం పంపిన తర్వాత, వ్యవస్థ ధ్వనిలో, స్పీకర్‌లో</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} మి.సె</translation>
    </message>
</context>
<context>
    <name>LibraryDoor</name>
    <message>
        <source>Paluku is set to stay offline, so nothing can be fetched.</source>
        <translation>పలుకు ఆఫ్‌లైన్‌లో ఉండేలా అమర్చారు, కాబట్టి ఏదీ తెచ్చుకోలేదు.</translation>
    </message>
    <message>
        <source>The switch is in the settings, under Privacy.</source>
        <translation>ఆ మీట అమరికలలో, గోప్యత కింద ఉంది.</translation>
    </message>
    <message>
        <source>{title} was removed.</source>
        <translation>{title} తీసివేయబడింది.</translation>
    </message>
</context>
<context>
    <name>ListeningDoor</name>
    <message>
        <source>The test was deleted.</source>
        <translation>పరీక్ష తొలగించబడింది.</translation>
    </message>
</context>
<context>
    <name>ListeningForm</name>
    <message>
        <source>Codec</source>
        <translation>కోడెక్</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>దీనితో పోలిక</translation>
    </message>
    <message>
        <source>Number of questions</source>
        <translation>ప్రశ్నల సంఖ్య</translation>
    </message>
    <message>
        <source>{n} questions</source>
        <translation>{n} ప్రశ్నలు</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>ప్రారంభించు</translation>
    </message>
    <message>
        <source>The original</source>
        <translation>అసలు ధ్వని</translation>
    </message>
    <message>
        <source>X is one of two: which? Enough right answers prove that they can be told apart.</source>
        <translation>X రెండింటిలో ఒకటి: ఏది? తగినన్ని సరైన జవాబులు వస్తే వాటి తేడా వినిపిస్తుందని రుజువు.</translation>
    </message>
    <message>
        <source>Versions are rated beside the original. It hides among them once more, with a copy that is muffled on purpose, to see whether the scores can be trusted.</source>
        <translation>అసలు ధ్వని పక్కన రూపాలకు మార్కులు ఇస్తారు. మార్కులను నమ్మవచ్చో లేదో తెలుసుకోవడానికి అసలు ధ్వనీ, కావాలని మసకబార్చిన ప్రతీ వాటి మధ్య దాగి ఉంటాయి.</translation>
    </message>
    <message>
        <source>Kind of test</source>
        <translation>పరీక్ష రకం</translation>
    </message>
    <message>
        <source>Tell apart (ABX)</source>
        <translation>తేడా గుర్తించు (ABX)</translation>
    </message>
    <message>
        <source>Rate (MUSHRA)</source>
        <translation>మార్కులు (MUSHRA)</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>నిడివి</translation>
    </message>
    <message>
        <source>Codecs</source>
        <translation>కోడెక్‌లు</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>మాటలు</translation>
    </message>
</context>
<context>
    <name>ListeningPage</name>
    <message>
        <source>Go on another time</source>
        <translation>మరోసారి కొనసాగిస్తాను</translation>
    </message>
    <message>
        <source>Every answer is kept</source>
        <translation>ప్రతి జవాబూ భద్రంగా ఉంటుంది</translation>
    </message>
</context>
<context>
    <name>MirrorPanel</name>
    <message>
        <source>The mirror</source>
        <translation>అద్దం</translation>
    </message>
    <message>
        <source>You hear yourself as a codec hears you. Use headphones, or it will howl.</source>
        <translation>కోడెక్ మిమ్మల్ని ఎలా వింటుందో అలా మీరు వింటారు. హెడ్‌ఫోన్లు వాడండి, లేకుంటే కేక పుడుతుంది.</translation>
    </message>
    <message>
        <source>Codec of the mirror</source>
        <translation>అద్దం కోడెక్</translation>
    </message>
    <message>
        <source>Codebooks</source>
        <translation>కోడ్‌బుక్‌లు</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>దీని ద్వారా</translation>
    </message>
    <message>
        <source>Codes in use</source>
        <translation>వాడుతున్న సంకేతాలు</translation>
    </message>
    <message>
        <source>Nothing, straight to the ear</source>
        <translation>ఏదీ లేదు, నేరుగా చెవికి</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{all}లో {n}</translation>
    </message>
</context>
<context>
    <name>ModeSwitch</name>
    <message>
        <source>How to talk</source>
        <translation>ఎలా మాట్లాడాలి</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>నొక్కి</translation>
    </message>
    <message>
        <source>Talk while you hold the button or the space bar</source>
        <translation>బటన్ గానీ స్పేస్ మీట గానీ నొక్కి ఉంచి మాట్లాడండి</translation>
    </message>
    <message>
        <source>Hands-free</source>
        <translation>స్వేచ్ఛగా</translation>
    </message>
    <message>
        <source>Just speak; a pause ends your turn</source>
        <translation>ఊరికే మాట్లాడండి; కాస్త ఆగితే మీ వంతు ముగుస్తుంది</translation>
    </message>
    <message>
        <source>Duplex</source>
        <translation>ఇరువైపులా</translation>
    </message>
    <message>
        <source>Both listen and speak at the same time</source>
        <translation>ఇద్దరూ ఒకేసారి వింటూ మాట్లాడుతారు</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>అద్దం</translation>
    </message>
    <message>
        <source>Hear yourself through a codec. Use headphones</source>
        <translation>కోడెక్ ద్వారా మీ గొంతు వినండి. హెడ్‌ఫోన్లు వాడండి</translation>
    </message>
</context>
<context>
    <name>ModelView</name>
    <message>
        <source>How much of {title} is here</source>
        <translation>{title} ఎంత వచ్చింది</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>తెచ్చుకో</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>ఆపి ఉంచు</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>కొనసాగించు</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>రద్దు చేయి</translation>
    </message>
    <message>
        <source>Remove {title}</source>
        <translation>{title} తీసివేయి</translation>
    </message>
    <message>
        <source>Remove from this computer</source>
        <translation>ఈ కంప్యూటర్ నుంచి తీసివేయి</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>కోడెక్</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>మాట్లాడే నమూనా</translation>
    </message>
    <message>
        <source>Sound polish</source>
        <translation>ధ్వని మెరుగు</translation>
    </message>
    <message>
        <source>licence: see where it comes from</source>
        <translation>లైసెన్సు: వచ్చిన చోట చూడండి</translation>
    </message>
    <message>
        <source>licence {name}</source>
        <translation>లైసెన్సు {name}</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>సిద్ధం</translation>
    </message>
    <message>
        <source>Needs PyTorch, which is not installed</source>
        <translation>PyTorch కావాలి, అది ఇక్కడ లేదు</translation>
    </message>
    <message>
        <source>Ready, ships with Paluku</source>
        <translation>సిద్ధం, పలుకుతో పాటు వచ్చింది</translation>
    </message>
    <message>
        <source>{size} of it are here already</source>
        <translation>ఇందులో {size} ఇప్పటికే ఉంది</translation>
    </message>
    <message>
        <source>Too large for this computer: needs {size} of memory</source>
        <translation>ఈ కంప్యూటర్‌కు పెద్దది: {size} మెమరీ కావాలి</translation>
    </message>
    <message>
        <source>Fits: needs {size} of memory</source>
        <translation>సరిపోతుంది: {size} మెమరీ కావాలి</translation>
    </message>
    <message>
        <source>Too slow to talk with here: needs {n} times what a core gives</source>
        <translation>ఇక్కడ మాట్లాడటానికి నెమ్మది: ఒక కోర్ ఇచ్చేదానికి {n} రెట్లు కావాలి</translation>
    </message>
    <message>
        <source>Runs live here, on about {part} of a core</source>
        <translation>ఇక్కడ వెంటవెంటనే నడుస్తుంది, ఒక కోర్‌లో సుమారు {part}తో</translation>
    </message>
    <message>
        <source>All here. It is being checked and put in its place</source>
        <translation>మొత్తం వచ్చింది. సరిచూసి తన చోట ఉంచుతోంది</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>ఆపి ఉంచారు</translation>
    </message>
    <message>
        <source>Asking where it is</source>
        <translation>ఎక్కడ ఉందో అడుగుతోంది</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{total}లో {done}</translation>
    </message>
    <message>
        <source>paused, what is here is kept</source>
        <translation>ఆపి ఉంది, వచ్చింది అలాగే ఉంటుంది</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>సెకనుకు {size}</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>నమూనాలు</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>దిగుమతి</translation>
    </message>
    <message>
        <source>Add a model from a file, a folder or a USB stick</source>
        <translation>ఫైలు, ఫోల్డర్ లేదా USB నుంచి నమూనాను చేర్చండి</translation>
    </message>
    <message>
        <source>A weights file…</source>
        <translation>వెయిట్స్ ఫైలు…</translation>
    </message>
    <message>
        <source>A model&apos;s folder…</source>
        <translation>నమూనా ఫోల్డర్…</translation>
    </message>
    <message>
        <source>What Paluku speaks with. Everything runs on this computer.</source>
        <translation>పలుకు వీటితోనే మాట్లాడుతుంది. అన్నీ ఈ కంప్యూటర్‌లోనే నడుస్తాయి.</translation>
    </message>
    <message>
        <source>{size} of disk are free.</source>
        <translation>డిస్కులో {size} ఖాళీ ఉంది.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>ఈ కంప్యూటర్‌లో</translation>
    </message>
    <message>
        <source>None yet. The mirror works without one.</source>
        <translation>ఇంకా ఏదీ లేదు. అద్దం వాటితో పనిలేకుండా పనిచేస్తుంది.</translation>
    </message>
    <message>
        <source>{name} is being imported</source>
        <translation>{name} దిగుమతి అవుతోంది</translation>
    </message>
    <message>
        <source>To be fetched</source>
        <translation>తెచ్చుకోదగినవి</translation>
    </message>
    <message>
        <source>Plans: to be trained, or imported ({n})</source>
        <translation>ప్రణాళికలు: నేర్పించాలి, లేదా దిగుమతి చేయాలి ({n})</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>వెయిట్స్</translation>
    </message>
    <message>
        <source>A weights file</source>
        <translation>వెయిట్స్ ఫైలు</translation>
    </message>
    <message>
        <source>A model&apos;s folder</source>
        <translation>నమూనా ఫోల్డర్</translation>
    </message>
</context>
<context>
    <name>PairPlayer</name>
    <message>
        <source>Which one is heard</source>
        <translation>ఏది వినిపిస్తోంది</translation>
    </message>
    <message>
        <source>Hear “{name}”; while it plays, it goes on here</source>
        <translation>“{name}” వినండి; వినిపిస్తుండగా ఇక్కడి నుంచే కొనసాగుతుంది</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>ఆపు</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>వినిపించు</translation>
    </message>
</context>
<context>
    <name>PictureTools</name>
    <message>
        <source>Hold the spectrograms still (F)</source>
        <translation>స్పెక్ట్రోగ్రామ్‌లను ఆపు (F)</translation>
    </message>
    <message>
        <source>How the spectrograms look</source>
        <translation>స్పెక్ట్రోగ్రామ్‌ల రూపం</translation>
    </message>
    <message>
        <source>Pitch as the ear hears it (mel)</source>
        <translation>చెవికి వినిపించే స్వరస్థాయి (మెల్)</translation>
    </message>
    <message>
        <source>Pitch in even Hz</source>
        <translation>సమానమైన హెర్ట్జ్‌లలో స్వరస్థాయి</translation>
    </message>
    <message>
        <source>From loud down {n} dB</source>
        <translation>పెద్ద ధ్వని నుండి {n} dB కిందికి</translation>
    </message>
    <message>
        <source>Colours of the window</source>
        <translation>విండో రంగులు</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>బూడిద</translation>
    </message>
</context>
<context>
    <name>PolishButtons</name>
    <message>
        <source>48 kHz</source>
        <translation>48 kHz</translation>
    </message>
    <message>
        <source>Hear the enhanced sound, or the original; also while it plays</source>
        <translation>మెరుగుపరిచిన ధ్వని లేదా అసలు ధ్వని వినండి; వినిపిస్తుండగా కూడా మార్చవచ్చు</translation>
    </message>
    <message>
        <source>Enhanced sound</source>
        <translation>మెరుగుపరిచిన ధ్వని</translation>
    </message>
    <message>
        <source>Save the enhanced sound…</source>
        <translation>మెరుగుపరిచిన ధ్వనిని భద్రపరచు…</translation>
    </message>
    <message>
        <source>Save the enhanced sound</source>
        <translation>మెరుగుపరిచిన ధ్వనిని భద్రపరచు</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>ఆపు</translation>
    </message>
    <message>
        <source>Enhance: add the upper band, up to 48 kHz</source>
        <translation>మెరుగుపరచు: 48 kHz వరకు పై స్వరాలు చేర్చు</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;భద్రపరచు</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;తెరువు</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;ఎంచుకో</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>రద్దు చేయి</translation>
    </message>
    <message>
        <source>Look in:</source>
        <translation>ఇక్కడ చూడు:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>ఫైలు &amp;పేరు:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>ఫైళ్ల రకం:</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;వెనక్కి</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;మళ్లీ</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>క&amp;త్తిరించు</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;నకలు</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;అతికించు</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>తొలగించు</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>అన్నీ ఎంచుకో</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>సరే</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>భద్రపరచు</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>తెరువు</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;అవును</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;కాదు</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>మూసివేయి</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>రద్దు చేయి</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>సహాయం</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;నకలు</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>అన్నీ ఎంచుకో</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>పేజీలు</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>మీటలు</translation>
    </message>
    <message>
        <source>All keys (F1)</source>
        <translation>అన్ని మీటలు (F1)</translation>
    </message>
</context>
<context>
    <name>RatingQuestion</name>
    <message>
        <source>Reference</source>
        <translation>ఆధారం</translation>
    </message>
    <message>
        <source>How close is each version to the reference? 100 is no difference at all; one of them is the reference itself.</source>
        <translation>ప్రతి రూపం ఆధారానికి ఎంత దగ్గర? 100 అంటే తేడాయే లేదు; వాటిలో ఒకటి ఆధారమే.</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>తర్వాత</translation>
    </message>
    <message>
        <source>Rate what you hear: {n} of {all}</source>
        <translation>విన్నదానికి మార్కులివ్వండి: {all} లో {n}</translation>
    </message>
    <message>
        <source>Version {n}</source>
        <translation>రూపం {n}</translation>
    </message>
    <message>
        <source>Score of version {n}</source>
        <translation>రూపం {n} మార్కులు</translation>
    </message>
    <message>
        <source>Play: {name}</source>
        <translation>వినిపించు: {name}</translation>
    </message>
</context>
<context>
    <name>SavedTurns</name>
    <message>
        <source>What was said</source>
        <translation>మాట్లాడినవి</translation>
    </message>
    <message>
        <source>Show what was said after this</source>
        <translation>దీని తర్వాత చెప్పినవి చూపించు</translation>
    </message>
    <message>
        <source>Paluku, stopped</source>
        <translation>పలుకు, ఆపారు</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>పలుకు</translation>
    </message>
    <message>
        <source>You</source>
        <translation>మీరు</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} సె.</translation>
    </message>
    <message>
        <source>Without words</source>
        <translation>మాటలు లేవు</translation>
    </message>
    <message>
        <source>Save the enhanced sound</source>
        <translation>మెరుగుపరిచిన ధ్వనిని భద్రపరచు</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>అమరికలు</translation>
    </message>
    <message>
        <source>What you choose holds at once.</source>
        <translation>మీరు ఎంచుకున్నది వెంటనే అమలవుతుంది.</translation>
    </message>
    <message>
        <source>Speak…</source>
        <translation>మాట్లాడండి…</translation>
    </message>
    <message>
        <source>Playing…</source>
        <translation>వినిపిస్తోంది…</translation>
    </message>
    <message>
        <source>Found here: {names}. A change makes the engine begin again.</source>
        <translation>ఇక్కడ దొరికినవి: {names}. మార్చితే ఇంజిన్ మళ్ళీ మొదలవుతుంది.</translation>
    </message>
    <message>
        <source>No graphics card was found that the installed onnxruntime can use.</source>
        <translation>ఉన్న onnxruntime వాడగల గ్రాఫిక్స్ కార్డు దొరకలేదు.</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>ధ్వని</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>పరీక్ష</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>మైక్</translation>
    </message>
    <message>
        <source>Level of the microphone</source>
        <translation>మైక్ స్థాయి</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>స్పీకర్</translation>
    </message>
    <message>
        <source>Level of the speaker</source>
        <translation>స్పీకర్ స్థాయి</translation>
    </message>
    <message>
        <source>The test records three seconds and plays them to you.</source>
        <translation>పరీక్ష మూడు సెకన్లు రికార్డు చేసి మీకు వినిపిస్తుంది.</translation>
    </message>
    <message>
        <source>The test plays three tones.</source>
        <translation>పరీక్ష మూడు స్వరాలు వినిపిస్తుంది.</translation>
    </message>
    <message>
        <source>The microphone does not hear the answers.</source>
        <translation>జవాబులు మైక్రోఫోన్‌కు వినిపించడం లేదు.</translation>
    </message>
    <message>
        <source>Echo: the microphone hears the answers {n} dB softer.</source>
        <translation>ప్రతిధ్వని: మైక్రోఫోన్‌కు జవాబులు {n} dB మెల్లగా వినిపిస్తున్నాయి.</translation>
    </message>
    <message>
        <source>That is loud: headphones help.</source>
        <translation>అది ఎక్కువ: హెడ్‌ఫోన్లు వాడితే మంచిది.</translation>
    </message>
    <message>
        <source>Fuller sound</source>
        <translation>నిండైన ధ్వని</translation>
    </message>
    <message>
        <source>Adds the high tones that a codec leaves out. Takes a little more work.</source>
        <translation>కోడెక్ వదిలేసే పై స్వరాలను చేరుస్తుంది. కొంచెం ఎక్కువ పని పడుతుంది.</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>సంభాషణ</translation>
    </message>
    <message>
        <source>{n} seconds</source>
        <translation>{n} సెకన్లు</translation>
    </message>
    <message>
        <source>In hands-free mode, so long a silence ends your turn.</source>
        <translation>స్వేచ్ఛగా మాట్లాడేటప్పుడు, ఇంతసేపు మౌనంగా ఉంటే మీ వంతు ముగుస్తుంది.</translation>
    </message>
    <message>
        <source>Pause before the answer</source>
        <translation>జవాబుకు ముందు విరామం</translation>
    </message>
    <message>
        <source>When I speak</source>
        <translation>నేను మాట్లాడినప్పుడు</translation>
    </message>
    <message>
        <source>When I speak, with headphones</source>
        <translation>నేను మాట్లాడినప్పుడు, హెడ్‌ఫోన్లతో</translation>
    </message>
    <message>
        <source>Never, only Esc or the button</source>
        <translation>ఎప్పుడూ కాదు, Esc లేదా బటన్ మాత్రమే</translation>
    </message>
    <message>
        <source>With headphones the answer cannot be heard by the microphone, and needs no care.</source>
        <translation>హెడ్‌ఫోన్లతో జవాబు మైక్రోఫోన్‌కు వినిపించదు, జాగ్రత్త అవసరం లేదు.</translation>
    </message>
    <message>
        <source>What stops an answer</source>
        <translation>జవాబును ఏది ఆపుతుంది</translation>
    </message>
    <message>
        <source>None</source>
        <translation>ఏదీ వద్దు</translation>
    </message>
    <message>
        <source>Key that talks from any window</source>
        <translation>ఏ విండో నుంచైనా మాట్లాడే మీట</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>లెక్కింపు</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>స్వయంచాలకం</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>ప్రాసెసర్</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>గ్రాఫిక్స్ కార్డు</translation>
    </message>
    <message>
        <source>Models compute on</source>
        <translation>నమూనాలు లెక్కించేది</translation>
    </message>
    <message>
        <source>For each model. Automatic is one, which leaves room for the rest; more may be slower.</source>
        <translation>ప్రతి నమూనాకు. స్వయంచాలకం అంటే ఒకటి, మిగతావాటికి చోటు ఉంటుంది; ఎక్కువైతే నెమ్మదించవచ్చు.</translation>
    </message>
    <message>
        <source>Threads of the processor</source>
        <translation>ప్రాసెసర్ థ్రెడ్‌లు</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>విండో</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>సిస్టమ్ లాగే</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>విండో భాష</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>వెలుగు</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>చీకటి</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>రూపం</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>అక్షరాల పరిమాణం</translation>
    </message>
    <message>
        <source>Stay at hand when closed</source>
        <translation>మూసినా అందుబాటులో ఉండు</translation>
    </message>
    <message>
        <source>Closing the window leaves Paluku in the tray, beside the clock.</source>
        <translation>విండో మూసినా పలుకు గడియారం పక్కన ట్రేలో ఉంటుంది.</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>ఈ డెస్క్‌టాప్‌కు ట్రే లేదు.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>గోప్యత</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>ఆంతరంగికం</translation>
    </message>
    <message>
        <source>Nothing that is said is kept. What was kept before stays.</source>
        <translation>మాట్లాడింది ఏదీ ఉంచబడదు. ముందు ఉంచినవి ఉంటాయి.</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>ఆఫ్‌లైన్‌లో ఉండు</translation>
    </message>
    <message>
        <source>Talking never needs the net. This also forbids fetching models.</source>
        <translation>మాట్లాడటానికి నెట్ అక్కర్లేదు. ఇది నమూనాలను తెచ్చుకోవడాన్ని కూడా ఆపుతుంది.</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>పలుకు</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>తెరువు</translation>
    </message>
    <message>
        <source>Where your models and conversations lie</source>
        <translation>మీ నమూనాలు, సంభాషణలు ఉండే చోటు</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>చూపించు</translation>
    </message>
    <message>
        <source>Language, microphone, speaker: once more from the beginning.</source>
        <translation>భాష, మైక్, స్పీకర్: మళ్లీ మొదటి నుంచి.</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>మొదటి అడుగులు</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>మొదటికి</translation>
    </message>
    <message>
        <source>Models and conversations stay.</source>
        <translation>నమూనాలు, సంభాషణలు అలాగే ఉంటాయి.</translation>
    </message>
    <message>
        <source>All settings as they were at first</source>
        <translation>అన్ని అమరికలూ మొదట ఉన్నట్టే</translation>
    </message>
</context>
<context>
    <name>SoundChoice</name>
    <message>
        <source>Files…</source>
        <translation>ఫైళ్ళు…</translation>
    </message>
    <message>
        <source>A file…</source>
        <translation>ఫైలు…</translation>
    </message>
    <message>
        <source>Choose recordings of speech</source>
        <translation>మాటల రికార్డింగులు ఎంచుకోండి</translation>
    </message>
    <message>
        <source>Spoken sentences</source>
        <translation>పలికిన వాక్యాలు</translation>
    </message>
    <message>
        <source>Sentences in Telugu, Hindi and English, said by espeak-ng</source>
        <translation>espeak-ng పలికే తెలుగు, హిందీ, ఇంగ్లీషు వాక్యాలు</translation>
    </message>
    <message>
        <source>Sentences in three languages, spoken for the test</source>
        <translation>పరీక్ష కోసం మూడు భాషల్లో పలికే వాక్యాలు</translation>
    </message>
    <message>
        <source>What you just said</source>
        <translation>మీరు ఇప్పుడే చెప్పినది</translation>
    </message>
    <message>
        <source>Speak now…</source>
        <translation>ఇప్పుడు మాట్లాడండి…</translation>
    </message>
    <message>
        <source>Record {n} s</source>
        <translation>{n} సె. రికార్డు చేయి</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>ధ్వని</translation>
    </message>
    <message>
        <source>Recordings of speech</source>
        <translation>మాటల రికార్డింగులు</translation>
    </message>
</context>
<context>
    <name>SoundLane</name>
    <message>
        <source>{ago} s ago, {hz} Hz, {db} dB</source>
        <translation>{ago} సె క్రితం, {hz} Hz, {db} dB</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>చాలా బిగ్గరగా ఉంది</translation>
    </message>
    <message>
        <source>no sound arrives</source>
        <translation>ధ్వని రావడం లేదు</translation>
    </message>
</context>
<context>
    <name>SoundPanel</name>
    <message>
        <source>Sound</source>
        <translation>ధ్వని</translation>
    </message>
    <message>
        <source>Show the spectrograms</source>
        <translation>స్పెక్ట్రోగ్రామ్‌లను చూపించు</translation>
    </message>
    <message>
        <source>Show or hide the spectrograms (Ctrl+G)</source>
        <translation>స్పెక్ట్రోగ్రామ్‌లను చూపించు లేదా దాచు (Ctrl+G)</translation>
    </message>
    <message>
        <source>You</source>
        <translation>మీరు</translation>
    </message>
    <message>
        <source>Your level</source>
        <translation>మీ గొంతు స్థాయి</translation>
    </message>
    <message>
        <source>Spectrogram of your voice</source>
        <translation>మీ గొంతు స్పెక్ట్రోగ్రామ్</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>పలుకు</translation>
    </message>
    <message>
        <source>Level of the answer</source>
        <translation>జవాబు స్థాయి</translation>
    </message>
    <message>
        <source>Spectrogram of the answer</source>
        <translation>జవాబు స్పెక్ట్రోగ్రామ్</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>అద్దం</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Offline, on this computer</source>
        <translation>ఆఫ్‌లైన్, ఈ కంప్యూటర్‌లోనే</translation>
    </message>
    <message>
        <source>Nothing that is said leaves this computer</source>
        <translation>మాట్లాడింది ఏదీ ఈ కంప్యూటర్ దాటదు</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>మూసి ఉంది</translation>
    </message>
    <message>
        <source>Microphone: {name}</source>
        <translation>మైక్: {name}</translation>
    </message>
    <message>
        <source>Speaker: {name}</source>
        <translation>స్పీకర్: {name}</translation>
    </message>
    <message>
        <source>Only the newest part of a long talk is kept in mind until it has time again.</source>
        <translation>సమయం చిక్కేవరకు మాటల్లో ఇటీవలి భాగం మాత్రమే గుర్తుంటుంది.</translation>
    </message>
    <message>
        <source>The high tones are left out until it has time again.</source>
        <translation>దానికి తీరిక దొరికేవరకు పై స్వరాలు వదిలేస్తుంది.</translation>
    </message>
    <message>
        <source>Sound is computed in larger pieces until it has time again.</source>
        <translation>దానికి తీరిక దొరికేవరకు ధ్వనిని పెద్ద ముక్కలుగా లెక్కిస్తుంది.</translation>
    </message>
    <message>
        <source>Computer is busy</source>
        <translation>కంప్యూటర్ బిజీగా ఉంది</translation>
    </message>
    <message>
        <source>late {late}, gaps {gaps}</source>
        <translation>ఆలస్యం {late}, ఖాళీలు {gaps}</translation>
    </message>
    <message>
        <source>Late: frames that took longer to compute than they last. Gaps: holes in the sound.</source>
        <translation>ఆలస్యం: ఉండే కాలం కంటే లెక్కించడానికి ఎక్కువ సమయం పట్టిన ఫ్రేములు. ఖాళీలు: ధ్వనిలో తెగిన చోట్లు.</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Talk</source>
        <translation>మాట్లాడు</translation>
    </message>
</context>
<context>
    <name>TalkControls</name>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>జవాబు ఆపు (Esc)</translation>
    </message>
    <message>
        <source>Mute the microphone (Ctrl+M)</source>
        <translation>మైక్ మూసివేయి (Ctrl+M)</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>అద్దం</translation>
    </message>
    <message>
        <source>You hear yourself. Press to mute</source>
        <translation>మీ గొంతు మీరే వింటున్నారు. మూయడానికి నొక్కండి</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>తెరుస్తోంది</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>సిద్ధం</translation>
    </message>
    <message>
        <source>Press to hear yourself</source>
        <translation>మీ గొంతు వినడానికి నొక్కండి</translation>
    </message>
    <message>
        <source>Hold this button or the space bar and talk</source>
        <translation>ఈ బటన్ లేదా స్పేస్ మీట నొక్కి మాట్లాడండి</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>వింటోంది</translation>
    </message>
    <message>
        <source>Just speak. Press to mute</source>
        <translation>మాట్లాడండి. మూయడానికి నొక్కండి</translation>
    </message>
    <message>
        <source>Hearing you</source>
        <translation>మీ మాట వింటోంది</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>ఆలోచిస్తోంది</translation>
    </message>
    <message>
        <source>Esc stops it</source>
        <translation>Esc ఆపుతుంది</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>మాట్లాడుతోంది</translation>
    </message>
    <message>
        <source>Softly: is somebody speaking?</source>
        <translation>మెల్లగా: ఎవరైనా మాట్లాడుతున్నారా?</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>మైక్ మూసి ఉంది</translation>
    </message>
    <message>
        <source>The microphone is closed. Press to go on</source>
        <translation>మైక్ మూసి ఉంది. కొనసాగించడానికి నొక్కండి</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>మైక్ లేదు</translation>
    </message>
    <message>
        <source>Connect one; it is found by itself</source>
        <translation>ఒకటి కలపండి; తనంతట తానే దొరుకుతుంది</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>ఆగిపోయింది</translation>
    </message>
    <message>
        <source>The voice engine has ended</source>
        <translation>మాట్లాడే యంత్రం ముగిసింది</translation>
    </message>
    <message>
        <source>Getting the voice ready</source>
        <translation>గొంతు సిద్ధమవుతోంది</translation>
    </message>
    <message>
        <source>Let go when you have finished</source>
        <translation>ముగించాక వదలండి</translation>
    </message>
    <message>
        <source>A pause ends your turn</source>
        <translation>కాస్త ఆగితే మీ వంతు ముగుస్తుంది</translation>
    </message>
</context>
<context>
    <name>TalkKeys</name>
    <message>
        <source>Held anywhere, it is the talk button. Other programs do not get it.</source>
        <translation>ఎక్కడ నొక్కి పట్టినా అదే మాట్లాడే బటన్. ఇతర ప్రోగ్రాములకు అది అందదు.</translation>
    </message>
    <message>
        <source>This system lets no program hear the keys of other windows. In its settings you can give a key to the command {command}: it begins a turn, and ends it.</source>
        <translation>ఈ వ్యవస్థ ఇతర విండోల మీటలను ఏ ప్రోగ్రాముకూ వినిపించదు. దాని అమరికల్లో {command} ఆదేశానికి ఒక మీట ఇవ్వవచ్చు: అది వంతును మొదలుపెట్టి, ముగిస్తుంది.</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Transcript</source>
        <translation>మాటల పాఠం</translation>
    </message>
    <message>
        <source>Show what was said before</source>
        <translation>ముందు చెప్పినవి చూపించు</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show Paluku</source>
        <translation>పలుకు చూపించు</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>మైక్ మూసివేయి</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>నిష్క్రమించు</translation>
    </message>
    <message>
        <source>Paluku: muted</source>
        <translation>పలుకు: మైక్ మూసి ఉంది</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>పలుకు</translation>
    </message>
</context>
<context>
    <name>TurnRow</name>
    <message>
        <source>Spoken</source>
        <translation>మాట్లాడారు</translation>
    </message>
    <message>
        <source>You</source>
        <translation>మీరు</translation>
    </message>
    <message>
        <source>Answered without words</source>
        <translation>మాటలు లేకుండా జవాబిచ్చింది</translation>
    </message>
    <message>
        <source>Paluku, stopped</source>
        <translation>పలుకు, ఆపారు</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>పలుకు</translation>
    </message>
    <message>
        <source>First sound after {ms} ms, {seconds} s of speech</source>
        <translation>మొదటి ధ్వని {ms} మి.సె. తర్వాత, {seconds} సె. మాట</translation>
    </message>
    <message>
        <source>Paluku, timer</source>
        <translation>పలుకు, టైమర్</translation>
    </message>
    <message>
        <source>Paluku, alarm</source>
        <translation>పలుకు, అలారం</translation>
    </message>
    <message>
        <source>Paluku, reminder</source>
        <translation>పలుకు, గుర్తుచేత</translation>
    </message>
</context>
<context>
    <name>TurnTools</name>
    <message>
        <source>Copy</source>
        <translation>నకలు</translation>
    </message>
    <message>
        <source>Hear it again</source>
        <translation>మళ్ళీ వినండి</translation>
    </message>
</context>
<context>
    <name>TypedLine</name>
    <message>
        <source>Or type, and hear the answer</source>
        <translation>లేదా టైప్ చేసి, జవాబు వినండి</translation>
    </message>
    <message>
        <source>Type instead of speaking</source>
        <translation>మాట్లాడే బదులు టైప్ చేయి</translation>
    </message>
    <message>
        <source>Send what was typed</source>
        <translation>టైప్ చేసినది పంపు</translation>
    </message>
    <message>
        <source>Send what was typed (Enter)</source>
        <translation>టైప్ చేసినది పంపు (Enter)</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>వెనక్కి తీసుకో</translation>
    </message>
</context>
<context>
    <name>VoicePicker</name>
    <message>
        <source>Speaker</source>
        <translation>గొంతు</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>భావం</translation>
    </message>
    <message>
        <source>Language of the answer</source>
        <translation>జవాబు భాష</translation>
    </message>
    <message>
        <source>Strength of the emotion</source>
        <translation>భావ తీవ్రత</translation>
    </message>
    <message>
        <source>Any language</source>
        <translation>ఏ భాషైనా</translation>
    </message>
    <message>
        <source>Telugu</source>
        <translation>తెలుగు</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>హిందీ</translation>
    </message>
    <message>
        <source>English</source>
        <translation>ఇంగ్లీషు</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>తమిళం</translation>
    </message>
    <message>
        <source>Kannada</source>
        <translation>కన్నడం</translation>
    </message>
    <message>
        <source>Malayalam</source>
        <translation>మలయాళం</translation>
    </message>
    <message>
        <source>Marathi</source>
        <translation>మరాఠీ</translation>
    </message>
    <message>
        <source>Bengali</source>
        <translation>బెంగాలీ</translation>
    </message>
    <message>
        <source>Gujarati</source>
        <translation>గుజరాతీ</translation>
    </message>
    <message>
        <source>Punjabi</source>
        <translation>పంజాబీ</translation>
    </message>
    <message>
        <source>Urdu</source>
        <translation>ఉర్దూ</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>మామూలు</translation>
    </message>
    <message>
        <source>Happy</source>
        <translation>సంతోషం</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>విచారం</translation>
    </message>
    <message>
        <source>Angry</source>
        <translation>కోపం</translation>
    </message>
    <message>
        <source>Fearful</source>
        <translation>భయం</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>ఆశ్చర్యం</translation>
    </message>
    <message>
        <source>Disgusted</source>
        <translation>అసహ్యం</translation>
    </message>
    <message>
        <source>Calm</source>
        <translation>ప్రశాంతం</translation>
    </message>
    <message>
        <source>Excited</source>
        <translation>ఉత్సాహం</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Microphone</source>
        <translation>మైక్</translation>
    </message>
    <message>
        <source>Level of the microphone</source>
        <translation>మైక్ స్థాయి</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>పరీక్ష</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>స్పీకర్</translation>
    </message>
    <message>
        <source>Level of the speaker</source>
        <translation>స్పీకర్ స్థాయి</translation>
    </message>
    <message>
        <source>Which language shall the window have?</source>
        <translation>విండో ఏ భాషలో ఉండాలి?</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>స్వాగతం</translation>
    </message>
    <message>
        <source>Press the button, speak for three seconds, and hear yourself. The bar moves as you speak.</source>
        <translation>బటన్ నొక్కి మూడు సెకన్లు మాట్లాడి, మీ గొంతు వినండి. మాట్లాడుతుంటే పట్టీ కదులుతుంది.</translation>
    </message>
    <message>
        <source>Can you be heard?</source>
        <translation>మీ గొంతు వినిపిస్తోందా?</translation>
    </message>
    <message>
        <source>Press the button: three tones are played.</source>
        <translation>బటన్ నొక్కండి: మూడు స్వరాలు వినిపిస్తాయి.</translation>
    </message>
    <message>
        <source>Can you hear?</source>
        <translation>మీకు వినిపిస్తోందా?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>వెనక్కి</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>వదిలేయి</translation>
    </message>
    <message>
        <source>Speak…</source>
        <translation>మాట్లాడండి…</translation>
    </message>
    <message>
        <source>Playing…</source>
        <translation>వినిపిస్తోంది…</translation>
    </message>
    <message>
        <source>Begin to talk</source>
        <translation>మాట్లాడటం మొదలుపెట్టు</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>తర్వాత</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{all}లో {n}</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Paluku</source>
        <translation>పలుకు</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>మాట</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>సంభాషణ</translation>
    </message>
    <message>
        <source>History</source>
        <translation>చరిత్ర</translation>
    </message>
    <message>
        <source>Earlier conversations</source>
        <translation>గత సంభాషణలు</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>నమూనాలు</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>పనిబల్ల</translation>
    </message>
    <message>
        <source>Workbench: diagnosis and listening tests</source>
        <translation>పనిబల్ల: పరీక్షలు, వినికిడి పరీక్షలు</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>స్థితి</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>స్థితి పరిశీలన</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>అమరికలు</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>మొదటి అడుగులు</translation>
    </message>
</context>
<context>
    <name>WorkBar</name>
    <message>
        <source>Stop</source>
        <translation>ఆపు</translation>
    </message>
    <message>
        <source>End what is being done</source>
        <translation>జరుగుతున్న పనిని ఆపు</translation>
    </message>
</context>
<context>
    <name>WorkbenchPage</name>
    <message>
        <source>Workbench</source>
        <translation>పనిబల్ల</translation>
    </message>
    <message>
        <source>What a codec does to a voice: measured, seen and heard.</source>
        <translation>కోడెక్ గొంతుకు ఏం చేస్తుందో కొలిచి, చూసి, విని తెలుసుకోండి.</translation>
    </message>
    <message>
        <source>Part of the workbench</source>
        <translation>పనిబల్ల భాగం</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>పరీక్ష</translation>
    </message>
    <message>
        <source>Listening tests</source>
        <translation>వినికిడి పరీక్షలు</translation>
    </message>
</context>
<context>
    <name>_Sheet</name>
    <message>
        <source>Hear {name}</source>
        <translation>{name} గొంతు వినండి</translation>
    </message>
</context>
<context>
    <name>_Side</name>
    <message>
        <source>enhanced</source>
        <translation>మెరుగుపరిచినది</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>ఆపు</translation>
    </message>
    <message>
        <source>Hear it again</source>
        <translation>మళ్లీ విను</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>{name} cannot be written: {why}.</source>
        <translation>{name} రాయడం కుదరలేదు: {why}.</translation>
    </message>
    <message>
        <source>A conversation cannot be kept as “{kind}”.</source>
        <translation>సంభాషణను “{kind}”గా దాచడం కుదరదు.</translation>
    </message>
    <message>
        <source>It can: {kinds}.</source>
        <translation>కుదిరేవి: {kinds}.</translation>
    </message>
    <message>
        <source>The {kind} “{name}” cannot be opened.</source>
        <translation>{kind} “{name}” తెరుచుకోలేదు.</translation>
    </message>
    <message>
        <source>Another program may be using it, or it may not be permitted: check the system&apos;s sound settings.</source>
        <translation>వేరే ప్రోగ్రామ్ దాన్ని వాడుతుండవచ్చు, లేదా అనుమతి లేకపోవచ్చు: సిస్టమ్ ధ్వని అమరికలు చూడండి.</translation>
    </message>
    <message>
        <source>No {kind} was found.</source>
        <translation>{kind} కనిపించలేదు.</translation>
    </message>
    <message>
        <source>Connect a {kind}, or check that the system allows its use.</source>
        <translation>{kind} కలపండి, లేదా సిస్టమ్ దాన్ని వాడనిస్తోందో లేదో చూడండి.</translation>
    </message>
    <message>
        <source>The sound system does not answer.</source>
        <translation>ధ్వని వ్యవస్థ స్పందించడం లేదు.</translation>
    </message>
    <message>
        <source>Restart the computer&apos;s sound service.</source>
        <translation>కంప్యూటర్ ధ్వని సేవను మళ్లీ ప్రారంభించండి.</translation>
    </message>
    <message>
        <source>The microphone is not open.</source>
        <translation>మైక్ తెరిచి లేదు.</translation>
    </message>
    <message>
        <source>Open it first.</source>
        <translation>ముందు దాన్ని తెరవండి.</translation>
    </message>
    <message>
        <source>The microphone “{name}” gives no sound any more.</source>
        <translation>మైక్ “{name}” నుండి ధ్వని రావడం లేదు.</translation>
    </message>
    <message>
        <source>Connect it again, or choose another one.</source>
        <translation>దాన్ని మళ్లీ కలపండి, లేదా ఇంకొకటి ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>The speaker “{name}” does not play any more.</source>
        <translation>స్పీకర్ “{name}” ఇక వినిపించడం లేదు.</translation>
    </message>
    <message>
        <source>The speaker is not open.</source>
        <translation>స్పీకర్ తెరిచి లేదు.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>వేరే చోటు ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>{name} అనే ఫైలు లేదు.</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>పేరు, ఫోల్డర్ సరిచూడండి.</translation>
    </message>
    <message>
        <source>{name} is a folder, not a sound file.</source>
        <translation>{name} ఫోల్డర్, ధ్వని ఫైలు కాదు.</translation>
    </message>
    <message>
        <source>Choose a file inside it.</source>
        <translation>దాని లోపలి ఫైలు ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>{name} holds no sound.</source>
        <translation>{name}లో ధ్వని లేదు.</translation>
    </message>
    <message>
        <source>Record it again, or choose another file.</source>
        <translation>మళ్లీ రికార్డు చేయండి, లేదా వేరే ఫైలు ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>{name} claims {rate} samples a second.</source>
        <translation>{name} సెకనుకు {rate} నమూనాలు అంటోంది.</translation>
    </message>
    <message>
        <source>Its header is damaged: convert it first.</source>
        <translation>దాని మొదటి భాగం పాడైంది: ముందు మార్చండి.</translation>
    </message>
    <message>
        <source>{name} holds values that are no sound (NaN or infinity).</source>
        <translation>{name}లో ధ్వని కాని విలువలు ఉన్నాయి (NaN లేదా అనంతం).</translation>
    </message>
    <message>
        <source>Export it again as 16-bit WAV.</source>
        <translation>దాన్ని 16-బిట్ WAVగా మళ్లీ ఎగుమతి చేయండి.</translation>
    </message>
    <message>
        <source>The disk is full while writing {name}.</source>
        <translation>{name} రాస్తుండగా డిస్కు నిండిపోయింది.</translation>
    </message>
    <message>
        <source>Free some space; what was written so far is kept.</source>
        <translation>కొంత చోటు ఖాళీ చేయండి; ఇంతవరకు రాసింది ఉంటుంది.</translation>
    </message>
    <message>
        <source>{name} cannot be written: there is no such folder.</source>
        <translation>{name} రాయడం కుదరలేదు: ఆ ఫోల్డర్ లేదు.</translation>
    </message>
    <message>
        <source>Make the folder first.</source>
        <translation>ముందు ఆ ఫోల్డర్ చేయండి.</translation>
    </message>
    <message>
        <source>{name} is a folder.</source>
        <translation>{name} ఒక ఫోల్డర్.</translation>
    </message>
    <message>
        <source>Give the name of a file to write.</source>
        <translation>రాయాల్సిన ఫైలు పేరు ఇవ్వండి.</translation>
    </message>
    <message>
        <source>{name} may not be read.</source>
        <translation>{name} చదవడానికి అనుమతి లేదు.</translation>
    </message>
    <message>
        <source>Check the permissions of the file.</source>
        <translation>ఫైలు అనుమతులు చూడండి.</translation>
    </message>
    <message>
        <source>{name} is not a sound file that can be read.</source>
        <translation>{name} చదవగల ధ్వని ఫైలు కాదు.</translation>
    </message>
    <message>
        <source>Use WAV, FLAC, OGG or MP3, or convert it first.</source>
        <translation>WAV, FLAC, OGG లేదా MP3 వాడండి, లేదా ముందు మార్చండి.</translation>
    </message>
    <message>
        <source>{name} is damaged and cannot be read to its end.</source>
        <translation>{name} పాడైంది, చివరివరకు చదవడం కుదరదు.</translation>
    </message>
    <message>
        <source>Convert it first.</source>
        <translation>ముందు దాన్ని మార్చండి.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ఖాళీగా ఉంది.</translation>
    </message>
    <message>
        <source>There is no model called “{name}” here.</source>
        <translation>ఇక్కడ “{name}” అనే నమూనా లేదు.</translation>
    </message>
    <message>
        <source>Known models: {names}.</source>
        <translation>తెలిసిన నమూనాలు: {names}.</translation>
    </message>
    <message>
        <source>No model is installed yet.</source>
        <translation>ఇంకా ఏ నమూనా లేదు.</translation>
    </message>
    <message>
        <source>There are no weights of {name} here yet.</source>
        <translation>{name} వెయిట్స్ ఇంకా ఇక్కడ లేవు.</translation>
    </message>
    <message>
        <source>{source}Add a weights file with: paluku models import FILE</source>
        <translation>{source}వెయిట్స్ ఫైలు చేర్చడానికి: paluku models import FILE</translation>
    </message>
    <message>
        <source>The file {file} of {name} is missing.</source>
        <translation>{name} యొక్క {file} ఫైలు లేదు.</translation>
    </message>
    <message>
        <source>Fetch it on the models page.</source>
        <translation>నమూనాల పేజీలో దాన్ని తెచ్చుకోండి.</translation>
    </message>
    <message>
        <source>Copy the model&apos;s folder again.</source>
        <translation>నమూనా ఫోల్డర్‌ను మళ్లీ కాపీ చేయండి.</translation>
    </message>
    <message>
        <source>The file {file} of {name} is cut or changed: {size} bytes of {whole}.</source>
        <translation>{name} యొక్క {file} ఫైలు తెగింది లేదా మారింది: {whole} బైట్లలో {size}.</translation>
    </message>
    <message>
        <source>Remove the model and fetch or copy it again.</source>
        <translation>నమూనాను తీసేసి మళ్లీ తెచ్చుకోండి లేదా కాపీ చేయండి.</translation>
    </message>
    <message>
        <source>The file {file} of {name} was changed: its fingerprint does not match its card.</source>
        <translation>{name} యొక్క {file} ఫైలు మారింది: దాని గుర్తు కార్డుతో కలవడం లేదు.</translation>
    </message>
    <message>
        <source>{name} is already here.</source>
        <translation>{name} ఇప్పటికే ఇక్కడ ఉంది.</translation>
    </message>
    <message>
        <source>Remove it first to replace it.</source>
        <translation>మార్చాలంటే ముందు దాన్ని తీసేయండి.</translation>
    </message>
    <message>
        <source>{name} ships with Paluku and cannot be removed.</source>
        <translation>{name} పలుకుతో పాటు వస్తుంది, తీసేయడం కుదరదు.</translation>
    </message>
    <message>
        <source>{name} could not be copied: {why}.</source>
        <translation>{name} కాపీ చేయడం కుదరలేదు: {why}.</translation>
    </message>
    <message>
        <source>Is the disk full?</source>
        <translation>డిస్కు నిండిందా?</translation>
    </message>
    <message>
        <source>{name} could not be removed: {why}.</source>
        <translation>{name} తీసేయడం కుదరలేదు: {why}.</translation>
    </message>
    <message>
        <source>There is no speech model here to talk with.</source>
        <translation>మాట్లాడటానికి ఇక్కడ మాట్లాడే నమూనా లేదు.</translation>
    </message>
    <message>
        <source>Try the mirror, or fetch a model on the models page.</source>
        <translation>అద్దం వాడి చూడండి, లేదా నమూనాల పేజీలో ఒకటి తెచ్చుకోండి.</translation>
    </message>
    <message>
        <source>{name} talks in turns; it cannot listen while it speaks.</source>
        <translation>{name} వంతుల వారీగా మాట్లాడుతుంది; మాట్లాడుతూ వినలేదు.</translation>
    </message>
    <message>
        <source>{name} talks while it listens.</source>
        <translation>{name} వింటూనే మాట్లాడుతుంది.</translation>
    </message>
    <message>
        <source>Begin a talk with it first.</source>
        <translation>ముందు దానితో మాటలు మొదలుపెట్టండి.</translation>
    </message>
    <message>
        <source>Nothing of {name} has come for {seconds} seconds.</source>
        <translation>{seconds} సెకన్లుగా {name} ఏమీ రాలేదు.</translation>
    </message>
    <message>
        <source>The net is slow. What has arrived is kept; try again to go on from there.</source>
        <translation>నెట్ నెమ్మదిగా ఉంది. వచ్చినంత ఉంటుంది; మళ్లీ ప్రయత్నిస్తే అక్కడి నుండి సాగుతుంది.</translation>
    </message>
    <message>
        <source>More of {name} came than was published; what arrived was thrown away.</source>
        <translation>{name} ప్రచురించిన దానికంటే ఎక్కువ వచ్చింది; వచ్చింది పారేశాం.</translation>
    </message>
    <message>
        <source>Fetch it again; if this happens again, the server is at fault.</source>
        <translation>మళ్లీ తెచ్చుకోండి; మళ్లీ ఇలాగే అయితే తప్పు సర్వర్‌ది.</translation>
    </message>
    <message>
        <source>What is published has a name that leads out of its folder: {name}.</source>
        <translation>ప్రచురించిన దాని పేరు ఫోల్డర్ బయటికి పోతోంది: {name}.</translation>
    </message>
    <message>
        <source>{name} needs {missing} MB more, and {free} MB are free.</source>
        <translation>{name}కు ఇంకా {missing} MB కావాలి, {free} MB ఖాళీ ఉంది.</translation>
    </message>
    <message>
        <source>Make room on the disk, or remove a model.</source>
        <translation>డిస్కులో చోటు చేయండి, లేదా ఒక నమూనా తీసేయండి.</translation>
    </message>
    <message>
        <source>{name} arrived damaged: its fingerprint is not the published one.</source>
        <translation>{name} పాడై వచ్చింది: దాని గుర్తు ప్రచురించిన దానితో కలవడం లేదు.</translation>
    </message>
    <message>
        <source>What arrived was thrown away; fetch it again.</source>
        <translation>వచ్చింది పారేశాం; మళ్లీ తెచ్చుకోండి.</translation>
    </message>
    <message>
        <source>What has arrived is kept; try again to go on from there.</source>
        <translation>వచ్చినంత ఉంటుంది; మళ్లీ ప్రయత్నిస్తే అక్కడి నుండి సాగుతుంది.</translation>
    </message>
    <message>
        <source>It asks for an account or for its licence to be accepted on its own page.</source>
        <translation>దాని పేజీలో ఖాతా లేదా లైసెన్సు ఒప్పుకోవడం కావాలి.</translation>
    </message>
    <message>
        <source>It may have been moved or withdrawn.</source>
        <translation>దాన్ని మార్చి ఉండవచ్చు లేదా తీసేసి ఉండవచ్చు.</translation>
    </message>
    <message>
        <source>It is asked too often; try again in a while.</source>
        <translation>మరీ ఎక్కువగా అడుగుతున్నారు; కాసేపటికి ప్రయత్నించండి.</translation>
    </message>
    <message>
        <source>The server has a fault of its own; try again later.</source>
        <translation>సర్వర్‌లో లోపం ఉంది; తర్వాత ప్రయత్నించండి.</translation>
    </message>
    <message>
        <source>{name} was refused by the hub ({code}).</source>
        <translation>{name} ఇవ్వడానికి హబ్ ఒప్పుకోలేదు ({code}).</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>తర్వాత ప్రయత్నించండి.</translation>
    </message>
    <message>
        <source>{name} cannot be looked up: the hub is not reachable.</source>
        <translation>{name} వెతకడం కుదరలేదు: హబ్ అందడం లేదు.</translation>
    </message>
    <message>
        <source>Is this computer connected to the net?</source>
        <translation>ఈ కంప్యూటర్‌కు నెట్ ఉందా?</translation>
    </message>
    <message>
        <source>{name} was refused by the server ({code}).</source>
        <translation>{name} ఇవ్వడానికి సర్వర్ ఒప్పుకోలేదు ({code}).</translation>
    </message>
    <message>
        <source>{name} cannot be fetched: the server is not reachable.</source>
        <translation>{name} తెచ్చుకోవడం కుదరలేదు: సర్వర్ అందడం లేదు.</translation>
    </message>
    <message>
        <source>The connection to fetch {name} was lost.</source>
        <translation>{name} తెచ్చే సంబంధం తెగిపోయింది.</translation>
    </message>
    <message>
        <source>The voice engine stopped because of a fault in Paluku.</source>
        <translation>పలుకులో లోపం వల్ల గొంతు యంత్రం ఆగిపోయింది.</translation>
    </message>
    <message>
        <source>The log says where; restart it.</source>
        <translation>ఎక్కడో లాగ్ చెబుతుంది; మళ్లీ మొదలుపెట్టండి.</translation>
    </message>
    <message>
        <source>This computer lacks the {what}.</source>
        <translation>ఈ కంప్యూటర్‌లో {what} లేదు.</translation>
    </message>
    <message>
        <source>There is no sound file {name}.</source>
        <translation>{name} అనే ధ్వని ఫైలు లేదు.</translation>
    </message>
    <message>
        <source>The enhanced file would replace the one it is made from.</source>
        <translation>మెరుగైన ఫైలు దాని మూలాన్ని చెరిపేస్తుంది.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>వేరే పేరు ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>{name} has {rate} samples a second.</source>
        <translation>{name}లో సెకనుకు {rate} నమూనాలు ఉన్నాయి.</translation>
    </message>
    <message>
        <source>Use a file with 4,000 or more.</source>
        <translation>4,000 లేదా ఎక్కువ ఉన్న ఫైలు వాడండి.</translation>
    </message>
    <message>
        <source>{name} cannot be written to its end: {why}.</source>
        <translation>{name} చివరివరకు రాయడం కుదరలేదు: {why}.</translation>
    </message>
    <message>
        <source>{what} needs {needed} GB of memory, and {free} GB are free.</source>
        <translation>{what}కు {needed} GB మెమరీ కావాలి, {free} GB ఖాళీ ఉంది.</translation>
    </message>
    <message>
        <source>{name} could not be kept: {why}.</source>
        <translation>{name} ఉంచడం కుదరలేదు: {why}.</translation>
    </message>
    <message>
        <source>This needs the library {library}, which is not installed.</source>
        <translation>దీనికి {library} లైబ్రరీ కావాలి, అది లేదు.</translation>
    </message>
    <message>
        <source>Install Paluku with its {extra} extra: pip install &apos;paluku[{extra_again}]&apos;</source>
        <translation>పలుకును {extra} అదనంతో పెట్టండి: pip install &apos;paluku[{extra_again}]&apos;</translation>
    </message>
    <message>
        <source>Download the extra that belongs to this Paluku (paluku-extra, 700 MB when it is unpacked), then: paluku extra add FILE</source>
        <translation>ఈ పలుకుకు చెందిన అదనాన్ని దించుకోండి (paluku-extra, విప్పితే 700 MB), తర్వాత: paluku extra add FILE</translation>
    </message>
    <message>
        <source>The model file {name} is missing.</source>
        <translation>నమూనా ఫైలు {name} లేదు.</translation>
    </message>
    <message>
        <source>It was looked for in {folder}.</source>
        <translation>{folder}లో వెతికాం.</translation>
    </message>
    <message>
        <source>{name} describes itself in a form this version cannot read.</source>
        <translation>{name} తన గురించి చెప్పేది ఈ వెర్షన్ చదవలేదు.</translation>
    </message>
    <message>
        <source>{name} does not return all it must remember ({what}).</source>
        <translation>{name} గుర్తుంచుకోవాల్సింది అంతా తిరిగి ఇవ్వదు ({what}).</translation>
    </message>
    <message>
        <source>Export the model again, or fetch it again.</source>
        <translation>నమూనాను మళ్లీ ఎగుమతి చేయండి, లేదా మళ్లీ తెచ్చుకోండి.</translation>
    </message>
    <message>
        <source>The model file {name} cannot be read: it is damaged or of a newer version.</source>
        <translation>నమూనా ఫైలు {name} చదవడం కుదరలేదు: పాడైంది లేదా కొత్త వెర్షన్‌ది.</translation>
    </message>
    <message>
        <source>{name} has a memory of unknown size ({part}: {shape}).</source>
        <translation>{name} జ్ఞాపకం పరిమాణం తెలియదు ({part}: {shape}).</translation>
    </message>
    <message>
        <source>The conversations cannot be opened</source>
        <translation>సంభాషణలు తెరుచుకోలేదు</translation>
    </message>
    <message>
        <source>The conversation could not be saved</source>
        <translation>సంభాషణ దాచడం కుదరలేదు</translation>
    </message>
    <message>
        <source>The last turn could not be saved</source>
        <translation>చివరి వంతు దాచడం కుదరలేదు</translation>
    </message>
    <message>
        <source>The conversations cannot be read</source>
        <translation>సంభాషణలు చదవడం కుదరలేదు</translation>
    </message>
    <message>
        <source>The conversation cannot be read</source>
        <translation>సంభాషణ చదవడం కుదరలేదు</translation>
    </message>
    <message>
        <source>The name could not be saved</source>
        <translation>పేరు దాచడం కుదరలేదు</translation>
    </message>
    <message>
        <source>The conversation could not be deleted</source>
        <translation>సంభాషణ తొలగించడం కుదరలేదు</translation>
    </message>
    <message>
        <source>A saved turn is damaged: its sound cannot be replayed.</source>
        <translation>దాచిన వంతు పాడైంది: దాని ధ్వని వినిపించడం కుదరదు.</translation>
    </message>
    <message>
        <source>{what}: {why}.</source>
        <translation>{what}: {why}.</translation>
    </message>
    <message>
        <source>The file is damaged. Move it away and Paluku starts a new one.</source>
        <translation>ఫైలు పాడైంది. దాన్ని తీసేస్తే పలుకు కొత్తది మొదలుపెడుతుంది.</translation>
    </message>
    <message>
        <source>Is the disk full or read-only?</source>
        <translation>డిస్కు నిండిందా, లేదా రాయడానికి వీలు లేదా?</translation>
    </message>
    <message>
        <source>Your conversations were written by a newer version of Paluku.</source>
        <translation>మీ సంభాషణలను పలుకు కొత్త వెర్షన్ రాసింది.</translation>
    </message>
    <message>
        <source>Update Paluku to read them.</source>
        <translation>చదవడానికి పలుకును కొత్తది చేయండి.</translation>
    </message>
    <message>
        <source>The model&apos;s process has ended by itself.</source>
        <translation>నమూనా నడిచే ప్రక్రియ తనంతట ఆగిపోయింది.</translation>
    </message>
    <message>
        <source>Choose the model again; if it happens again, the memory or a driver may be at fault.</source>
        <translation>నమూనాను మళ్లీ ఎంచుకోండి; మళ్లీ ఇలాగే అయితే మెమరీ లేదా డ్రైవర్ తప్పు కావచ్చు.</translation>
    </message>
    <message>
        <source>The model failed because of a fault in Paluku.</source>
        <translation>పలుకులో లోపం వల్ల నమూనా విఫలమైంది.</translation>
    </message>
    <message>
        <source>The model does not answer any more.</source>
        <translation>నమూనా ఇక స్పందించడం లేదు.</translation>
    </message>
    <message>
        <source>It is stopped; choose it again.</source>
        <translation>దాన్ని ఆపాం; మళ్లీ ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>The codec that this was said with is not here.</source>
        <translation>ఇది చెప్పిన కోడెక్ ఇక్కడ లేదు.</translation>
    </message>
    <message>
        <source>This model says nothing without a talk.</source>
        <translation>ఈ నమూనా మాటలు లేకుండా ఏమీ చెప్పదు.</translation>
    </message>
    <message>
        <source>Begin one, and choose the voice in it.</source>
        <translation>మాటలు మొదలుపెట్టి, అందులో గొంతు ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>{name} cannot be made: {why}.</source>
        <translation>{name} చేయడం కుదరలేదు: {why}.</translation>
    </message>
    <message>
        <source>The diagnosis in {folder} cannot be read: {why}.</source>
        <translation>{folder}లోని పరీక్ష ఫలితం చదవడం కుదరలేదు: {why}.</translation>
    </message>
    <message>
        <source>{name} is already there.</source>
        <translation>{name} ఇప్పటికే ఉంది.</translation>
    </message>
    <message>
        <source>{hub} does not hold {name}.</source>
        <translation>{hub}లో {name} లేదు.</translation>
    </message>
    <message>
        <source>{name} is not published: it has to be trained or imported.</source>
        <translation>{name} ప్రచురించలేదు: నేర్పించాలి లేదా దిగుమతి చేయాలి.</translation>
    </message>
    <message>
        <source>{name} holds no weights that Paluku can read.</source>
        <translation>{name}లో పలుకు చదవగల వెయిట్స్ లేవు.</translation>
    </message>
    <message>
        <source>There is no {name} there.</source>
        <translation>అక్కడ {name} లేదు.</translation>
    </message>
    <message>
        <source>The disk of the models cannot be read: {why}.</source>
        <translation>నమూనాల డిస్కు చదవడం కుదరలేదు: {why}.</translation>
    </message>
    <message>
        <source>The {kind} “{name}” was unplugged.</source>
        <translation>{kind} “{name}” ఊడింది.</translation>
    </message>
    <message>
        <source>Connect it again, or choose another one: Paluku goes on as soon as there is one.</source>
        <translation>దాన్ని మళ్లీ కలపండి, లేదా ఇంకొకటి ఎంచుకోండి: దొరకగానే పలుకు సాగుతుంది.</translation>
    </message>
    <message>
        <source>A listening test needs a codec.</source>
        <translation>వినికిడి పరీక్షకు ఒక కోడెక్ కావాలి.</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>ఒకటి ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>{name} is not a codec.</source>
        <translation>{name} కోడెక్ కాదు.</translation>
    </message>
    <message>
        <source>The weights of {name} are not what its card says.</source>
        <translation>{name} వెయిట్స్ దాని కార్డు చెప్పినట్టు లేవు.</translation>
    </message>
    <message>
        <source>Import the model again.</source>
        <translation>నమూనాను మళ్లీ దిగుమతి చేయండి.</translation>
    </message>
    <message>
        <source>{name} is not a speech model.</source>
        <translation>{name} మాట్లాడే నమూనా కాదు.</translation>
    </message>
    <message>
        <source>{what} needs the library {library}, which is not installed.</source>
        <translation>{what}కు {library} లైబ్రరీ కావాలి, అది లేదు.</translation>
    </message>
    <message>
        <source>{name} talks while it listens: a dialogue cannot answer for it.</source>
        <translation>{name} వింటూనే మాట్లాడుతుంది: దాని బదులు సంభాషణ జవాబివ్వలేదు.</translation>
    </message>
    <message>
        <source>Paluku is set to stay offline, so nothing can be fetched.</source>
        <translation>పలుకు ఆఫ్‌లైన్‌లో ఉండేలా ఉంది, అందుకే ఏమీ తెచ్చుకోవడం కుదరదు.</translation>
    </message>
    <message>
        <source>The switch is in the settings, under Privacy.</source>
        <translation>స్విచ్ అమరికల్లో గోప్యత కింద ఉంది.</translation>
    </message>
    <message>
        <source>Paluku was started offline, and stays so until it ends.</source>
        <translation>పలుకు ఆఫ్‌లైన్‌లో మొదలైంది, ముగిసేదాకా అలాగే ఉంటుంది.</translation>
    </message>
    <message>
        <source>Start it again to fetch something.</source>
        <translation>ఏదైనా తెచ్చుకోవాలంటే మళ్లీ మొదలుపెట్టండి.</translation>
    </message>
    <message>
        <source>This model chooses its own words: it cannot say given ones.</source>
        <translation>ఈ నమూనా తన మాటలు తనే ఎంచుకుంటుంది: ఇచ్చినవి చెప్పలేదు.</translation>
    </message>
    <message>
        <source>This model has no {what} “{name}”.</source>
        <translation>ఈ నమూనాలో {what} “{name}” లేదు.</translation>
    </message>
    <message>
        <source>It has: {names}.</source>
        <translation>ఉన్నవి: {names}.</translation>
    </message>
    <message>
        <source>Alarms could not be saved ({why}).</source>
        <translation>అలారాలు దాచడం కుదరలేదు ({why}).</translation>
    </message>
    <message>
        <source>They ring, but only while Paluku runs.</source>
        <translation>అవి మోగుతాయి, కానీ పలుకు నడుస్తున్నంతసేపే.</translation>
    </message>
    <message>
        <source>This model hears what is said; it cannot read.</source>
        <translation>ఈ నమూనా చెప్పింది వింటుంది; చదవలేదు.</translation>
    </message>
    <message>
        <source>Say it, or choose another model.</source>
        <translation>నోటితో చెప్పండి, లేదా వేరే నమూనా ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>మైక్</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>స్పీకర్</translation>
    </message>
    <message>
        <source>live extender</source>
        <translation>పై స్వరాలు చేర్చే నమూనా</translation>
    </message>
    <message>
        <source>weights of AudioSR</source>
        <translation>AudioSR వెయిట్స్</translation>
    </message>
    <message>
        <source>emotion</source>
        <translation>భావం</translation>
    </message>
    <message>
        <source>language</source>
        <translation>భాష</translation>
    </message>
</context>
<context>
    <name>dropped</name>
    <message>
        <source>{name} is a folder. One recording at a time can be heard.</source>
        <translation>{name} ఒక ఫోల్డర్. ఒకసారికి ఒక రికార్డింగ్ మాత్రమే వినగలం.</translation>
    </message>
    <message>
        <source>Drop one of the sound files that lie in it.</source>
        <translation>అందులోని ఒక ధ్వని ఫైలును ఇక్కడ వదలండి.</translation>
    </message>
    <message>
        <source>Nothing can be made of {name}.</source>
        <translation>{name} ఇక్కడ పనికి రాదు.</translation>
    </message>
    <message>
        <source>Drop a sound file to talk with it, or a model to import it.</source>
        <translation>మాట్లాడటానికి ధ్వని ఫైలును, చేర్చడానికి నమూనాను వదలండి.</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>{n} GB</source>
        <translation>{n} GB</translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation>{n} MB</translation>
    </message>
    <message>
        <source>{n} billion parameters</source>
        <translation>{n} వందల కోట్ల పరామితులు</translation>
    </message>
    <message>
        <source>{n} million parameters</source>
        <translation>{n} మిలియన్ పరామితులు</translation>
    </message>
    <message>
        <source>{n} frames a second</source>
        <translation>సెకనుకు {n} ఫ్రేములు</translation>
    </message>
    <message>
        <source>{n} kbit/s</source>
        <translation>{n} kbit/s</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>ఇంకా {n} సె.</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>ఇంకా {n} నిమి.</translation>
    </message>
    <message>
        <source>{n} h left</source>
        <translation>ఇంకా {n} గం.</translation>
    </message>
</context>
<context>
    <name>findings</name>
    <message>
        <source>Good: all that was judged is as it should be.</source>
        <translation>బాగుంది: చూసినదంతా ఉండాల్సినట్టే ఉంది.</translation>
    </message>
    <message>
        <source>Fair: usable, and short of what this bitrate allows.</source>
        <translation>పరవాలేదు: వాడవచ్చు, ఈ బిట్‌రేటుకు ఇంకా బాగుండవచ్చు.</translation>
    </message>
    <message>
        <source>Poor: something that was judged is not as it should be.</source>
        <translation>బాగోలేదు: చూసినవాటిలో ఏదో ఉండాల్సినట్టు లేదు.</translation>
    </message>
    <message>
        <source>Not judged: nothing could be measured.</source>
        <translation>తేల్చలేదు: ఏదీ కొలవలేకపోయింది.</translation>
    </message>
    <message>
        <source>good</source>
        <translation>బాగుంది</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>పరవాలేదు</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>బాగోలేదు</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>తేల్చలేదు</translation>
    </message>
    <message>
        <source>Words understood (STOI)</source>
        <translation>అర్థమయ్యే మాటలు (STOI)</translation>
    </message>
    <message>
        <source>How good it sounds (PESQ)</source>
        <translation>వినడానికి ఎంత బాగుంది (PESQ)</translation>
    </message>
    <message>
        <source>Waveform kept (SI-SDR)</source>
        <translation>తరంగం నిలిచింది (SI-SDR)</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>నిశ్శబ్దం</translation>
    </message>
    <message>
        <source>A click</source>
        <translation>టిక్కుమనే చప్పుడు</translation>
    </message>
    <message>
        <source>Frame by frame</source>
        <translation>ఫ్రేము ఫ్రేముగా</translation>
    </message>
    <message>
        <source>Codebooks</source>
        <translation>కోడ్‌బుక్‌లు</translation>
    </message>
    <message>
        <source>Retroflex or dental</source>
        <translation>మూర్ధన్యమా దంత్యమా</translation>
    </message>
    <message>
        <source>Aspirated or plain</source>
        <translation>ఒత్తా మామూలా</translation>
    </message>
    <message>
        <source>Long or short vowel</source>
        <translation>దీర్ఘమా హ్రస్వమా</translation>
    </message>
    <message>
        <source>Double or single consonant</source>
        <translation>ద్విత్వమా ఒంటి హల్లా</translation>
    </message>
    <message>
        <source>{contrast}, Hindi</source>
        <translation>{contrast}, హిందీ</translation>
    </message>
    <message>
        <source>Not measured: its library is missing, or the sound is too short.</source>
        <translation>కొలవలేదు: లైబ్రరీ లేదు, లేదా ధ్వని మరీ చిన్నది.</translation>
    </message>
    <message>
        <source>It takes whole files and cannot be used live.</source>
        <translation>మొత్తం ఫైలునే తీసుకుంటుంది; ప్రత్యక్షంగా వాడలేము.</translation>
    </message>
    <message>
        <source>Too little sound to call an unused code dead.</source>
        <translation>వాడని కోడ్ పనికిరానిదని చెప్పడానికి ధ్వని చాలలేదు.</translation>
    </message>
    <message>
        <source>The original itself does not tell these words apart.</source>
        <translation>అసలు ధ్వనిలోనే ఈ మాటల తేడా తెలియదు.</translation>
    </message>
    <message>
        <source>{n} dB. At this bitrate a new waveform is made that sounds alike; this is no fault.</source>
        <translation>{n} dB. ఈ బిట్‌రేటులో ఒకేలా వినిపించే కొత్త తరంగం తయారవుతుంది; ఇది లోపం కాదు.</translation>
    </message>
    <message>
        <source>{n} of 1</source>
        <translation>1 కి {n}</translation>
    </message>
    <message>
        <source>{n} of 4.6</source>
        <translation>4.6 కి {n}</translation>
    </message>
    <message>
        <source>{n} dB</source>
        <translation>{n} dB</translation>
    </message>
    <message>
        <source>{n} dBFS come out of silence</source>
        <translation>నిశ్శబ్దం నుంచి {n} dBFS వస్తుంది</translation>
    </message>
    <message>
        <source>The same as all at once</source>
        <translation>ఒకేసారి చేసినట్టే ఉంది</translation>
    </message>
    <message>
        <source>Not the same as all at once</source>
        <translation>ఒకేసారి చేసినట్టు లేదు</translation>
    </message>
    <message>
        <source>{n} % of its energy is smeared</source>
        <translation>దాని శక్తిలో {n} % చెదిరింది</translation>
    </message>
    <message>
        <source>The least used one uses {n} % of its codes</source>
        <translation>అన్నిటికంటే తక్కువ వాడేది తన కోడ్‌లలో {n} % వాడుతుంది</translation>
    </message>
    <message>
        <source>{n} % of the word pairs stay apart</source>
        <translation>మాటల జంటల్లో {n} % వేరుగా నిలిచాయి</translation>
    </message>
    <message>
        <source>Loading the codec</source>
        <translation>కోడెక్ తెరుచుకుంటోంది</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>కొలుస్తోంది</translation>
    </message>
    <message>
        <source>Trying silence and a click</source>
        <translation>నిశ్శబ్దం, టిక్కుతో చూస్తోంది</translation>
    </message>
    <message>
        <source>Comparing pairs of words</source>
        <translation>మాటల జంటలను పోలుస్తోంది</translation>
    </message>
    <message>
        <source>Making sound of the codes</source>
        <translation>కోడ్‌లను ధ్వనిగా మారుస్తోంది</translation>
    </message>
    <message>
        <source>Adding the upper band</source>
        <translation>పై స్వరాలు చేరుస్తోంది</translation>
    </message>
    <message>
        <source>Sending speech through the codec</source>
        <translation>మాటలను కోడెక్ గుండా పంపుతోంది</translation>
    </message>
</context>
<context>
    <name>outcomes</name>
    <message>
        <source>{one} or {other}?</source>
        <translation>{one} లేదా {other}?</translation>
    </message>
    <message>
        <source>Rated: {names}</source>
        <translation>మార్కులు పొందినవి: {names}</translation>
    </message>
    <message>
        <source>Nothing was answered yet.</source>
        <translation>ఇంకా ఏ జవాబూ ఇవ్వలేదు.</translation>
    </message>
    <message>
        <source>{n} of {all} right, p = {p}</source>
        <translation>{all} లో {n} సరైనవి, p = {p}</translation>
    </message>
    <message>
        <source>They can be told apart.</source>
        <translation>వాటి తేడా వినిపిస్తుంది.</translation>
    </message>
    <message>
        <source>No proof that they can be told apart.</source>
        <translation>తేడా వినిపిస్తుందనడానికి రుజువు లేదు.</translation>
    </message>
    <message>
        <source>The hidden reference was missed too often: the scores do not count.</source>
        <translation>దాగిన ఆధారాన్ని చాలాసార్లు గుర్తించలేదు: మార్కులు లెక్కకు రావు.</translation>
    </message>
    <message>
        <source>the original</source>
        <translation>అసలు ధ్వని</translation>
    </message>
    <message>
        <source>the muffled copy</source>
        <translation>మసకబారిన ప్రతి</translation>
    </message>
</context>
<context>
    <name>trouble</name>
    <message>
        <source>The settings could not be saved.</source>
        <translation>అమరికలను భద్రపరచలేకపోయాం.</translation>
    </message>
    <message>
        <source>{key} cannot be the key that talks: another program has it.</source>
        <translation>{key} మాట్లాడే మీట కాలేదు: మరో ప్రోగ్రాము దాన్ని వాడుతోంది.</translation>
    </message>
    <message>
        <source>Choose another one in the settings.</source>
        <translation>అమరికల్లో మరొకటి ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>The settings file is broken ({reason}). The defaults are used.</source>
        <translation>అమరికల ఫైలు పాడైంది ({reason}). మొదటి అమరికలనే వాడుతున్నాం.</translation>
    </message>
    <message>
        <source>It was kept as {name}.</source>
        <translation>అది {name} పేరుతో ఉంచబడింది.</translation>
    </message>
    <message>
        <source>{name} is gone.</source>
        <translation>{name} కనిపించడం లేదు.</translation>
    </message>
    <message>
        <source>Plug it in again, or choose another one.</source>
        <translation>దాన్ని మళ్ళీ పెట్టండి, లేదా మరొకటి ఎంచుకోండి.</translation>
    </message>
    <message>
        <source>The microphone gives nothing at all, not even noise.</source>
        <translation>మైక్రోఫోన్ నుంచి ఏమీ రావడం లేదు, చప్పుడు కూడా లేదు.</translation>
    </message>
    <message>
        <source>Perhaps it is switched off, or this program may not use it: look into the privacy settings of your system.</source>
        <translation>బహుశా అది ఆపి ఉంది, లేదా ఈ ప్రోగ్రాంకు అనుమతి లేదు: మీ సిస్టం గోప్యతా అమరికలు చూడండి.</translation>
    </message>
    <message>
        <source>The microphone hears you very softly.</source>
        <translation>మైక్రోఫోన్‌కు మీ గొంతు చాలా మెల్లగా వినిపిస్తోంది.</translation>
    </message>
    <message>
        <source>Come nearer, or raise its level in the sound settings.</source>
        <translation>దగ్గరగా రండి, లేదా ధ్వని అమరికల్లో దాని స్థాయి పెంచండి.</translation>
    </message>
    <message>
        <source>You are too loud for the microphone: the sound is cut off.</source>
        <translation>మైక్రోఫోన్‌కు మీ గొంతు మరీ గట్టిగా ఉంది: ధ్వని తెగిపోతోంది.</translation>
    </message>
    <message>
        <source>Move away a little, or lower its level in the sound settings.</source>
        <translation>కాస్త దూరంగా జరగండి, లేదా ధ్వని అమరికల్లో దాని స్థాయి తగ్గించండి.</translation>
    </message>
    <message>
        <source>The headset sounds like a telephone while its microphone is on.</source>
        <translation>మైక్రోఫోన్ ఆన్‌లో ఉన్నంతసేపు హెడ్‌సెట్ ధ్వని టెలిఫోన్‌లా ఉంటుంది.</translation>
    </message>
    <message>
        <source>With another microphone it plays in full quality again.</source>
        <translation>మరో మైక్రోఫోన్ వాడితే అది మళ్ళీ పూర్తి నాణ్యతతో వినిపిస్తుంది.</translation>
    </message>
</context>
</TS>
