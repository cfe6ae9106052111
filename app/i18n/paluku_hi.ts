<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi_IN" sourcelanguage="en_GB">
<context>
    <name>AbxQuestion</name>
    <message>
        <source>X is {letter}</source>
        <translation>X यानी {letter}</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>कुंजी {key}</translation>
    </message>
    <message>
        <source>Play them with the keys A, B and X, as often as you like; answer with 1 or 2.</source>
        <translation>A, B और X कुंजियों से जितनी बार चाहें सुनें; 1 या 2 से जवाब दें।</translation>
    </message>
    <message>
        <source>Which one is X? Question {n} of {all}</source>
        <translation>X कौन-सा है? {all} में से प्रश्न {n}</translation>
    </message>
    <message>
        <source>Play {letter}</source>
        <translation>{letter} सुनाएँ</translation>
    </message>
</context>
<context>
    <name>ArchiveDoor</name>
    <message>
        <source>“{title}” was deleted.</source>
        <translation>“{title}” हटा दिया गया।</translation>
    </message>
    <message>
        <source>This turn was not kept, so it cannot be heard again.</source>
        <translation>यह बारी रखी नहीं गई, इसलिए फिर नहीं सुनी जा सकती।</translation>
    </message>
    <message>
        <source>In private nothing is kept.</source>
        <translation>निजी में कुछ नहीं रखा जाता।</translation>
    </message>
    <message>
        <source>You</source>
        <translation>आप</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>पलुकु</translation>
    </message>
</context>
<context>
    <name>Bridge</name>
    <message>
        <source>Nobody is here yet who could answer {name}.</source>
        <translation>{name} का जवाब देने वाला अभी कोई नहीं है।</translation>
    </message>
    <message>
        <source>Drop it again when a speech model is loaded.</source>
        <translation>बोलने वाला मॉडल तैयार होने पर इसे फिर छोड़ें।</translation>
    </message>
</context>
<context>
    <name>CheckRows</name>
    <message>
        <source>“Check everything” looks at the devices, the folders and the models. It takes a few seconds.</source>
        <translation>“सब जाँचें” उपकरणों, फ़ोल्डरों और मॉडलों को देखता है। कुछ सेकंड लगते हैं।</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>ठीक</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>दोष</translation>
    </message>
    <message>
        <source>System</source>
        <translation>सिस्टम</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>मेमोरी</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>लाइब्रेरी</translation>
    </message>
    <message>
        <source>Accelerators</source>
        <translation>त्वरक</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>स्क्रीन</translation>
    </message>
    <message>
        <source>Folder of your data</source>
        <translation>आपके डेटा का फ़ोल्डर</translation>
    </message>
    <message>
        <source>Microphones</source>
        <translation>माइक्रोफ़ोन</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>स्पीकर</translation>
    </message>
    <message>
        <source>Level of the microphone</source>
        <translation>माइक्रोफ़ोन का स्तर</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>मॉडल</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>कोडेक</translation>
    </message>
</context>
<context>
    <name>CodeUse</name>
    <message>
        <source>Use of the codes in each codebook</source>
        <translation>हर कोडबुक में कूटों का प्रयोग</translation>
    </message>
    <message>
        <source>Codebook {n}: {used} different codes of {all}, in {seen} frames</source>
        <translation>कोडबुक {n}: {seen} फ़्रेम में, {all} में से {used} अलग कूट</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Conversations</source>
        <translation>बातचीत</translation>
    </message>
    <message>
        <source>Without words</source>
        <translation>बिना शब्दों के</translation>
    </message>
</context>
<context>
    <name>ConversationPage</name>
    <message>
        <source>New</source>
        <translation>नई</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>नई बातचीत</translation>
    </message>
    <message>
        <source>Begin a new conversation (Ctrl+N)</source>
        <translation>नई बातचीत शुरू करें (Ctrl+N)</translation>
    </message>
    <message>
        <source>Roman letters</source>
        <translation>रोमन लिपि</translation>
    </message>
    <message>
        <source>Telugu words in Roman letters, or in their own</source>
        <translation>तेलुगु शब्द रोमन लिपि में, या अपनी लिपि में</translation>
    </message>
    <message>
        <source>{ms} ms to the ear</source>
        <translation>कान तक {ms} मि.से.</translation>
    </message>
    <message>
        <source>What was said so far is kept.</source>
        <translation>अब तक जो कहा गया, वह सुरक्षित है।</translation>
    </message>
    <message>
        <source>The voice engine has stopped</source>
        <translation>आवाज़ का इंजन रुक गया है</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>माइक्रोफ़ोन नहीं है</translation>
    </message>
    <message>
        <source>No speaker</source>
        <translation>स्पीकर नहीं है</translation>
    </message>
    <message>
        <source>Connect one, or choose another. It is found by itself.</source>
        <translation>कोई जोड़ें या दूसरा चुनें। वह अपने आप मिल जाएगा।</translation>
    </message>
    <message>
        <source>Add one on the models page.
Meanwhile the mirror lets you hear yourself.</source>
        <translation>मॉडल पृष्ठ पर एक जोड़ें।
तब तक आईने में अपनी आवाज़ सुन सकते हैं।</translation>
    </message>
    <message>
        <source>No speech model yet</source>
        <translation>अभी कोई बोलने वाला मॉडल नहीं है</translation>
    </message>
    <message>
        <source>Talk in Telugu or in English.
Nothing that you say leaves this computer.</source>
        <translation>तेलुगु या अंग्रेज़ी में बोलिए।
आपकी कोई बात इस कंप्यूटर से बाहर नहीं जाती।</translation>
    </message>
    <message>
        <source>Try “What time is it?”, “Tell me a story”, or “ఒక జోక్ చెప్పు”.</source>
        <translation>“What time is it?”, “Tell me a story” या “ఒక జోక్ చెప్పు” कहकर देखें।</translation>
    </message>
    <message>
        <source>నమస్తే</source>
        <translation>नमस्ते</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>फिर से चलाएँ</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>उपकरण चुनें</translation>
    </message>
    <message>
        <source>Open the mirror</source>
        <translation>आईना खोलें</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Name of the conversation</source>
        <translation>बातचीत का नाम</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>नाम बदलें</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>निर्यात करें</translation>
    </message>
    <message>
        <source>Sound (WAV)…</source>
        <translation>ध्वनि (WAV)…</translation>
    </message>
    <message>
        <source>Sound (FLAC)…</source>
        <translation>ध्वनि (FLAC)…</translation>
    </message>
    <message>
        <source>Subtitles (SRT)…</source>
        <translation>उपशीर्षक (SRT)…</translation>
    </message>
    <message>
        <source>A page (Markdown)…</source>
        <translation>एक पन्ना (Markdown)…</translation>
    </message>
    <message>
        <source>For programs (JSON)…</source>
        <translation>प्रोग्रामों के लिए (JSON)…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Without words</source>
        <translation>बिना शब्दों के</translation>
    </message>
</context>
<context>
    <name>ConversationsPage</name>
    <message>
        <source>History</source>
        <translation>इतिहास</translation>
    </message>
    <message>
        <source>Private: keep nothing that is said</source>
        <translation>निजी: कही गई कोई बात न रखें</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>निजी</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>खोजें</translation>
    </message>
    <message>
        <source>Search in what was said</source>
        <translation>कही गई बातों में खोजें</translation>
    </message>
    <message>
        <source>Private is on: what is said now is not kept.</source>
        <translation>निजी चालू है: अब जो कहा जाए वह रखा नहीं जाएगा।</translation>
    </message>
    <message>
        <source>Kept on this computer only, until you delete it.</source>
        <translation>जब तक आप न हटाएँ, केवल इसी कंप्यूटर पर रहती हैं।</translation>
    </message>
    <message>
        <source>Choose a conversation to read it or to hear it again.</source>
        <translation>पढ़ने या फिर से सुनने के लिए कोई बातचीत चुनें।</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>कुछ नहीं मिला</translation>
    </message>
    <message>
        <source>Nobody said that.</source>
        <translation>यह किसी ने नहीं कहा।</translation>
    </message>
    <message>
        <source>What you talk about is listed here, with its sound.</source>
        <translation>आप जो बात करेंगे, वह अपनी ध्वनि सहित यहाँ दिखेगी।</translation>
    </message>
    <message>
        <source>No conversation yet</source>
        <translation>अभी कोई बातचीत नहीं</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>Paluku</source>
        <translation>पलुकु</translation>
    </message>
    <message>
        <source>Something went wrong inside Paluku.</source>
        <translation>पलुकु के भीतर कुछ गड़बड़ हुई।</translation>
    </message>
    <message>
        <source>It goes on as well as it can. What happened is written down in
{path}</source>
        <translation>जहाँ तक हो सके, वह चलता रहेगा। जो हुआ, वह यहाँ लिखा है:
{path}</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>लॉग दिखाएँ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
</context>
<context>
    <name>DelayBar</name>
    <message>
        <source>Delay from mouth to ear</source>
        <translation>मुँह से कान तक की देरी</translation>
    </message>
    <message>
        <source>Measuring the delay</source>
        <translation>देरी नापी जा रही है</translation>
    </message>
    <message>
        <source>{ms} ms from mouth to ear</source>
        <translation>मुँह से कान तक {ms} मि.से.</translation>
    </message>
    <message>
        <source>capture {capture}, codec {codec}, playback {playback}</source>
        <translation>ग्रहण {capture}, कोडेक {codec}, वादन {playback}</translation>
    </message>
</context>
<context>
    <name>DevicePicker</name>
    <message>
        <source>The system&apos;s default</source>
        <translation>सिस्टम का चुना हुआ</translation>
    </message>
    <message>
        <source>{name} (away)</source>
        <translation>{name} (नहीं है)</translation>
    </message>
</context>
<context>
    <name>DiagnosisPage</name>
    <message>
        <source>Codec to examine</source>
        <translation>जाँचा जाने वाला कोडेक</translation>
    </message>
    <message>
        <source>Examine</source>
        <translation>जाँचें</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>मूल ध्वनि</translation>
    </message>
    <message>
        <source>Through the codec</source>
        <translation>कोडेक से होकर</translation>
    </message>
    <message>
        <source>Spectrogram of the original</source>
        <translation>मूल ध्वनि का स्पेक्ट्रोग्राम</translation>
    </message>
    <message>
        <source>Spectrogram of what came out of the codec</source>
        <translation>कोडेक से निकली ध्वनि का स्पेक्ट्रोग्राम</translation>
    </message>
    <message>
        <source>Difference of the two spectrograms</source>
        <translation>दोनों स्पेक्ट्रोग्राम का अंतर</translation>
    </message>
    <message>
        <source>Whole report</source>
        <translation>पूरी रिपोर्ट</translation>
    </message>
    <message>
        <source>Opens in the browser; nothing is sent anywhere</source>
        <translation>ब्राउज़र में खुलती है; कहीं कुछ भेजा नहीं जाता</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>सहेजें…</translation>
    </message>
    <message>
        <source>Save the report with its sounds and pictures</source>
        <translation>ध्वनियों और चित्रों के साथ रिपोर्ट सहेजें</translation>
    </message>
    <message>
        <source>What comes out of the codec is compared with what went in, in half a minute or more.</source>
        <translation>कोडेक में जो गया और जो निकला, उनकी तुलना होती है; आधा मिनट या अधिक लगता है।</translation>
    </message>
    <message>
        <source>Save the report as a folder</source>
        <translation>रिपोर्ट को फ़ोल्डर के रूप में सहेजें</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>कोडेक</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>बोली</translation>
    </message>
    <message>
        <source>Difference: blue is missing, red was added</source>
        <translation>अंतर: नीला छूट गया, लाल जुड़ गया</translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>How Paluku does at this moment, on this computer.</source>
        <translation>इस समय, इस कंप्यूटर पर पलुकु कैसा चल रहा है।</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>हाल</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>रिपोर्ट की नक़ल</translation>
    </message>
    <message>
        <source>Everything on this page as text. It is only copied, never sent</source>
        <translation>इस पन्ने का सब कुछ पाठ के रूप में। केवल नक़ल होती है, कहीं भेजी नहीं जाती</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>सब जाँचें</translation>
    </message>
    <message>
        <source>The way of the sound</source>
        <translation>ध्वनि का रास्ता</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>गिनती</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>यह कंप्यूटर</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} से.</translation>
    </message>
    <message>
        <source>{n} ms, mostly under {most} ms</source>
        <translation>{n} मि.से, अधिकतर {most} मि.से से कम</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>जाँच हो रही है…</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>नक़ल हो गई</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>फ़्रेम</translation>
    </message>
    <message>
        <source>Frames of sound computed since the start</source>
        <translation>शुरू से अब तक गणना किए गए ध्वनि फ़्रेम</translation>
    </message>
    <message>
        <source>Late frames</source>
        <translation>देर से आए फ़्रेम</translation>
    </message>
    <message>
        <source>Frames that took longer to compute than they last</source>
        <translation>वे फ़्रेम जिनकी गणना उनकी अवधि से लंबी चली</translation>
    </message>
    <message>
        <source>Overruns</source>
        <translation>ओवररन</translation>
    </message>
    <message>
        <source>How often sound of the microphone was lost</source>
        <translation>माइक्रोफ़ोन की ध्वनि कितनी बार खोई</translation>
    </message>
    <message>
        <source>Underruns</source>
        <translation>अंडररन</translation>
    </message>
    <message>
        <source>How often the speaker had to wait for sound</source>
        <translation>स्पीकर को ध्वनि के लिए कितनी बार रुकना पड़ा</translation>
    </message>
    <message>
        <source>A step</source>
        <translation>एक क़दम</translation>
    </message>
    <message>
        <source>What the engine computes for one frame</source>
        <translation>एक फ़्रेम के लिए इंजन की गणना</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>मेमोरी</translation>
    </message>
    <message>
        <source>With all processes that belong to Paluku</source>
        <translation>पलुकु की सभी प्रक्रियाओं समेत</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>कोडेक</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>बोलने वाला मॉडल</translation>
    </message>
    <message>
        <source>Loaded in</source>
        <translation>लोड होने में</translation>
    </message>
</context>
<context>
    <name>ErrorBar</name>
    <message>
        <source>Close this message</source>
        <translation>यह संदेश बंद करें</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>उपकरण चुनें</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>फिर से शुरू करें</translation>
    </message>
</context>
<context>
    <name>KeptTests</name>
    <message>
        <source>Earlier tests</source>
        <translation>पहले के परीक्षण</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>जारी रखें</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>निर्यात करें</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>A table (CSV)</source>
        <translation>तालिका (CSV)</translation>
    </message>
    <message>
        <source>For programs (JSON)</source>
        <translation>प्रोग्रामों के लिए (JSON)</translation>
    </message>
    <message>
        <source>Export the answers</source>
        <translation>जवाब निर्यात करें</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>कुंजियाँ</translation>
    </message>
    <message>
        <source>Space, held</source>
        <translation>Space, दबाए रखकर</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>बोलें</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>जवाब रोकें</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Mute the microphone, or go on</source>
        <translation>माइक्रोफ़ोन बंद करें, या जारी रखें</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Hands-free, or hold to talk</source>
        <translation>मुक्त, या दबाकर बोलना</translation>
    </message>
    <message>
        <source>Ctrl+G</source>
        <translation>Ctrl+G</translation>
    </message>
    <message>
        <source>Show or hide the spectrograms</source>
        <translation>स्पेक्ट्रोग्राम दिखाएँ या छिपाएँ</translation>
    </message>
    <message>
        <source>F</source>
        <translation>F</translation>
    </message>
    <message>
        <source>Hold the spectrograms still, or let them go on</source>
        <translation>स्पेक्ट्रोग्राम रोकें, या चलने दें</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>Type instead of speaking</source>
        <translation>बोलने के बदले टाइप करें</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Begin a new conversation</source>
        <translation>नई बातचीत शुरू करें</translation>
    </message>
    <message>
        <source>Ctrl+1, Ctrl+2 …</source>
        <translation>Ctrl+1, Ctrl+2 …</translation>
    </message>
    <message>
        <source>Go to a page, in the order of the rail</source>
        <translation>किनारे की पट्टी के क्रम में पन्ने पर जाएँ</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Search in what was said</source>
        <translation>कही गई बातों में खोजें</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Go to the next control</source>
        <translation>अगले नियंत्रण पर जाएँ</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>यह सूची</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>बाहर निकलें</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
</context>
<context>
    <name>LatencyStrip</name>
    <message>
        <source>What a frame of sound spends where</source>
        <translation>ध्वनि का एक फ़्रेम कहाँ कितना समय लेता है</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>ग्रहण</translation>
    </message>
    <message>
        <source>In the microphone and the system&apos;s sound, before we have it</source>
        <translation>हम तक पहुँचने से पहले, माइक्रोफ़ोन और सिस्टम की ध्वनि में</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>एनकोडर</translation>
    </message>
    <message>
        <source>Sound to codes, on average for a frame</source>
        <translation>ध्वनि से कूट, औसतन एक फ़्रेम के लिए</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>मॉडल</translation>
    </message>
    <message>
        <source>Hearing, answering and finding the ends of turns, for a frame</source>
        <translation>सुनना, जवाब देना और बारी का अंत पहचानना, एक फ़्रेम के लिए</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>डिकोडर</translation>
    </message>
    <message>
        <source>Codes to sound, on average for a frame</source>
        <translation>कूट से ध्वनि, औसतन एक फ़्रेम के लिए</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>उपकरण</translation>
    </message>
    <message>
        <source>In the system&apos;s sound and the speaker, after we let it go</source>
        <translation>हमारे भेजने के बाद, सिस्टम की ध्वनि और स्पीकर में</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} मि.से</translation>
    </message>
</context>
<context>
    <name>LibraryDoor</name>
    <message>
        <source>Paluku is set to stay offline, so nothing can be fetched.</source>
        <translation>पलुकु को ऑफ़लाइन रहने पर रखा गया है, इसलिए कुछ लाया नहीं जा सकता।</translation>
    </message>
    <message>
        <source>The switch is in the settings, under Privacy.</source>
        <translation>उसका बटन सेटिंग में, गोपनीयता के नीचे है।</translation>
    </message>
    <message>
        <source>{title} was removed.</source>
        <translation>{title} हटाया गया।</translation>
    </message>
</context>
<context>
    <name>ListeningDoor</name>
    <message>
        <source>The test was deleted.</source>
        <translation>परीक्षण हटा दिया गया।</translation>
    </message>
</context>
<context>
    <name>ListeningForm</name>
    <message>
        <source>Codec</source>
        <translation>कोडेक</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>इससे तुलना</translation>
    </message>
    <message>
        <source>Number of questions</source>
        <translation>प्रश्नों की संख्या</translation>
    </message>
    <message>
        <source>{n} questions</source>
        <translation>{n} प्रश्न</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>शुरू करें</translation>
    </message>
    <message>
        <source>The original</source>
        <translation>मूल ध्वनि</translation>
    </message>
    <message>
        <source>X is one of two: which? Enough right answers prove that they can be told apart.</source>
        <translation>X दो में से एक है: कौन-सा? पर्याप्त सही जवाब सिद्ध करते हैं कि उनमें अंतर सुनाई देता है।</translation>
    </message>
    <message>
        <source>Versions are rated beside the original. It hides among them once more, with a copy that is muffled on purpose, to see whether the scores can be trusted.</source>
        <translation>मूल ध्वनि के साथ रूपों को अंक दिए जाते हैं। अंकों पर भरोसा हो सकता है या नहीं, यह जानने के लिए मूल ध्वनि और जान-बूझकर दबाई गई एक प्रति उनके बीच छिपी रहती है।</translation>
    </message>
    <message>
        <source>Kind of test</source>
        <translation>परीक्षण का प्रकार</translation>
    </message>
    <message>
        <source>Tell apart (ABX)</source>
        <translation>अंतर पहचानें (ABX)</translation>
    </message>
    <message>
        <source>Rate (MUSHRA)</source>
        <translation>अंक दें (MUSHRA)</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>लंबाई</translation>
    </message>
    <message>
        <source>Codecs</source>
        <translation>कोडेक</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>बोली</translation>
    </message>
</context>
<context>
    <name>ListeningPage</name>
    <message>
        <source>Go on another time</source>
        <translation>फिर कभी जारी रखें</translation>
    </message>
    <message>
        <source>Every answer is kept</source>
        <translation>हर जवाब सुरक्षित रहता है</translation>
    </message>
</context>
<context>
    <name>MirrorPanel</name>
    <message>
        <source>The mirror</source>
        <translation>आईना</translation>
    </message>
    <message>
        <source>You hear yourself as a codec hears you. Use headphones, or it will howl.</source>
        <translation>कोडेक आपको जैसे सुनता है, वैसे आप ख़ुद को सुनते हैं। हेडफ़ोन लगाएँ, वरना सीटी बजेगी।</translation>
    </message>
    <message>
        <source>Codec of the mirror</source>
        <translation>आईने का कोडेक</translation>
    </message>
    <message>
        <source>Codebooks</source>
        <translation>कोडबुक</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>इसके द्वारा</translation>
    </message>
    <message>
        <source>Codes in use</source>
        <translation>प्रयोग में कूट</translation>
    </message>
    <message>
        <source>Nothing, straight to the ear</source>
        <translation>कुछ नहीं, सीधे कान तक</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{all} में से {n}</translation>
    </message>
</context>
<context>
    <name>ModeSwitch</name>
    <message>
        <source>How to talk</source>
        <translation>कैसे बोलें</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>दबाकर</translation>
    </message>
    <message>
        <source>Talk while you hold the button or the space bar</source>
        <translation>बटन या स्पेस कुंजी दबाए रखकर बोलें</translation>
    </message>
    <message>
        <source>Hands-free</source>
        <translation>मुक्त</translation>
    </message>
    <message>
        <source>Just speak; a pause ends your turn</source>
        <translation>बस बोलिए; रुकते ही आपकी बारी पूरी होती है</translation>
    </message>
    <message>
        <source>Duplex</source>
        <translation>दोतरफ़ा</translation>
    </message>
    <message>
        <source>Both listen and speak at the same time</source>
        <translation>दोनों एक साथ सुनते और बोलते हैं</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>आईना</translation>
    </message>
    <message>
        <source>Hear yourself through a codec. Use headphones</source>
        <translation>कोडेक से अपनी आवाज़ सुनें। हेडफ़ोन लगाएँ</translation>
    </message>
</context>
<context>
    <name>ModelView</name>
    <message>
        <source>How much of {title} is here</source>
        <translation>{title} कितना आ चुका है</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>लाएँ</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>जारी रखें</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Remove {title}</source>
        <translation>{title} हटाएँ</translation>
    </message>
    <message>
        <source>Remove from this computer</source>
        <translation>इस कंप्यूटर से हटाएँ</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>कोडेक</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>बोलने वाला मॉडल</translation>
    </message>
    <message>
        <source>Sound polish</source>
        <translation>ध्वनि सुधार</translation>
    </message>
    <message>
        <source>licence: see where it comes from</source>
        <translation>लाइसेंस: जहाँ से आता है वहाँ देखें</translation>
    </message>
    <message>
        <source>licence {name}</source>
        <translation>लाइसेंस {name}</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>तैयार</translation>
    </message>
    <message>
        <source>Needs PyTorch, which is not installed</source>
        <translation>PyTorch चाहिए, जो यहाँ नहीं है</translation>
    </message>
    <message>
        <source>Ready, ships with Paluku</source>
        <translation>तैयार, पलुकु के साथ आया</translation>
    </message>
    <message>
        <source>{size} of it are here already</source>
        <translation>इसका {size} पहले से यहाँ है</translation>
    </message>
    <message>
        <source>Too large for this computer: needs {size} of memory</source>
        <translation>इस कंप्यूटर के लिए बड़ा: {size} मेमोरी चाहिए</translation>
    </message>
    <message>
        <source>Fits: needs {size} of memory</source>
        <translation>ठीक बैठता है: {size} मेमोरी चाहिए</translation>
    </message>
    <message>
        <source>Too slow to talk with here: needs {n} times what a core gives</source>
        <translation>यहाँ बात करने के लिए धीमा: एक कोर से {n} गुना चाहिए</translation>
    </message>
    <message>
        <source>Runs live here, on about {part} of a core</source>
        <translation>यहाँ साथ-साथ चलता है, एक कोर के लगभग {part} पर</translation>
    </message>
    <message>
        <source>All here. It is being checked and put in its place</source>
        <translation>पूरा आ गया। जाँचकर अपनी जगह रखा जा रहा है</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>रुका हुआ</translation>
    </message>
    <message>
        <source>Asking where it is</source>
        <translation>कहाँ है, पूछा जा रहा है</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{total} में से {done}</translation>
    </message>
    <message>
        <source>paused, what is here is kept</source>
        <translation>रुका है, जो आया वह बना रहेगा</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>{size} प्रति सेकंड</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>मॉडल</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>आयात</translation>
    </message>
    <message>
        <source>Add a model from a file, a folder or a USB stick</source>
        <translation>फ़ाइल, फ़ोल्डर या USB से मॉडल जोड़ें</translation>
    </message>
    <message>
        <source>A weights file…</source>
        <translation>वेट की फ़ाइल…</translation>
    </message>
    <message>
        <source>A model&apos;s folder…</source>
        <translation>मॉडल का फ़ोल्डर…</translation>
    </message>
    <message>
        <source>What Paluku speaks with. Everything runs on this computer.</source>
        <translation>पलुकु इन्हीं से बोलता है। सब कुछ इसी कंप्यूटर पर चलता है।</translation>
    </message>
    <message>
        <source>{size} of disk are free.</source>
        <translation>डिस्क में {size} ख़ाली है।</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>इस कंप्यूटर पर</translation>
    </message>
    <message>
        <source>None yet. The mirror works without one.</source>
        <translation>अभी कोई नहीं। आईना इनके बिना भी चलता है।</translation>
    </message>
    <message>
        <source>{name} is being imported</source>
        <translation>{name} आयात हो रहा है</translation>
    </message>
    <message>
        <source>To be fetched</source>
        <translation>लाए जा सकने वाले</translation>
    </message>
    <message>
        <source>Plans: to be trained, or imported ({n})</source>
        <translation>योजनाएँ: सिखाना या आयात करना बाक़ी ({n})</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>वेट</translation>
    </message>
    <message>
        <source>A weights file</source>
        <translation>वेट की फ़ाइल</translation>
    </message>
    <message>
        <source>A model&apos;s folder</source>
        <translation>मॉडल का फ़ोल्डर</translation>
    </message>
</context>
<context>
    <name>PairPlayer</name>
    <message>
        <source>Which one is heard</source>
        <translation>कौन-सी सुनाई दे रही है</translation>
    </message>
    <message>
        <source>Hear “{name}”; while it plays, it goes on here</source>
        <translation>“{name}” सुनें; बजते समय यहीं से आगे चलता है</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>सुनाएँ</translation>
    </message>
</context>
<context>
    <name>PictureTools</name>
    <message>
        <source>Hold the spectrograms still (F)</source>
        <translation>स्पेक्ट्रोग्राम रोकें (F)</translation>
    </message>
    <message>
        <source>How the spectrograms look</source>
        <translation>स्पेक्ट्रोग्राम का रूप</translation>
    </message>
    <message>
        <source>Pitch as the ear hears it (mel)</source>
        <translation>कान को सुनाई देने वाला स्वर (मेल)</translation>
    </message>
    <message>
        <source>Pitch in even Hz</source>
        <translation>बराबर हर्ट्ज़ में स्वर</translation>
    </message>
    <message>
        <source>From loud down {n} dB</source>
        <translation>तेज़ से {n} dB नीचे तक</translation>
    </message>
    <message>
        <source>Colours of the window</source>
        <translation>विंडो के रंग</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>धूसर</translation>
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
        <translation>निखरी हुई या मूल ध्वनि सुनें; बजते समय भी बदल सकते हैं</translation>
    </message>
    <message>
        <source>Enhanced sound</source>
        <translation>निखरी हुई ध्वनि</translation>
    </message>
    <message>
        <source>Save the enhanced sound…</source>
        <translation>निखरी हुई ध्वनि सहेजें…</translation>
    </message>
    <message>
        <source>Save the enhanced sound</source>
        <translation>निखरी हुई ध्वनि सहेजें</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Enhance: add the upper band, up to 48 kHz</source>
        <translation>निखारें: 48 kHz तक के ऊँचे स्वर जोड़ें</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;सहेजें</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;खोलें</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;चुनें</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Look in:</source>
        <translation>यहाँ देखें:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>फ़ाइल का &amp;नाम:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>फ़ाइलों का प्रकार:</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;वापस लें</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;फिर करें</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>का&amp;टें</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;कॉपी करें</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;चिपकाएँ</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>सब चुनें</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>ठीक है</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>सहेजें</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>खोलें</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;हाँ</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;नहीं</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>मदद</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;कॉपी करें</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>सब चुनें</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>पन्ने</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>कुंजियाँ</translation>
    </message>
    <message>
        <source>All keys (F1)</source>
        <translation>सभी कुंजियाँ (F1)</translation>
    </message>
</context>
<context>
    <name>RatingQuestion</name>
    <message>
        <source>Reference</source>
        <translation>संदर्भ</translation>
    </message>
    <message>
        <source>How close is each version to the reference? 100 is no difference at all; one of them is the reference itself.</source>
        <translation>हर रूप संदर्भ के कितना निकट है? 100 यानी कोई अंतर नहीं; उनमें से एक स्वयं संदर्भ है।</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>आगे</translation>
    </message>
    <message>
        <source>Rate what you hear: {n} of {all}</source>
        <translation>जो सुना उसे अंक दें: {all} में से {n}</translation>
    </message>
    <message>
        <source>Version {n}</source>
        <translation>रूप {n}</translation>
    </message>
    <message>
        <source>Score of version {n}</source>
        <translation>रूप {n} के अंक</translation>
    </message>
    <message>
        <source>Play: {name}</source>
        <translation>सुनाएँ: {name}</translation>
    </message>
</context>
<context>
    <name>SavedTurns</name>
    <message>
        <source>What was said</source>
        <translation>जो कहा गया</translation>
    </message>
    <message>
        <source>Show what was said after this</source>
        <translation>इसके बाद की बातें दिखाएँ</translation>
    </message>
    <message>
        <source>Paluku, stopped</source>
        <translation>पलुकु, रोका गया</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>पलुकु</translation>
    </message>
    <message>
        <source>You</source>
        <translation>आप</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} से.</translation>
    </message>
    <message>
        <source>Without words</source>
        <translation>बिना शब्दों के</translation>
    </message>
    <message>
        <source>Save the enhanced sound</source>
        <translation>निखरी हुई ध्वनि सहेजें</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>सेटिंग</translation>
    </message>
    <message>
        <source>What you choose holds at once.</source>
        <translation>आप जो चुनें, वह तुरंत लागू होता है।</translation>
    </message>
    <message>
        <source>Speak…</source>
        <translation>बोलिए…</translation>
    </message>
    <message>
        <source>Playing…</source>
        <translation>बज रहा है…</translation>
    </message>
    <message>
        <source>Found here: {names}. A change makes the engine begin again.</source>
        <translation>यहाँ मिला: {names}। बदलने पर इंजन फिर से शुरू होता है।</translation>
    </message>
    <message>
        <source>No graphics card was found that the installed onnxruntime can use.</source>
        <translation>ऐसा ग्राफ़िक्स कार्ड नहीं मिला जिसे यहाँ का onnxruntime चला सके।</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>ध्वनि</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>जाँच</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>माइक्रोफ़ोन</translation>
    </message>
    <message>
        <source>Level of the microphone</source>
        <translation>माइक्रोफ़ोन का स्तर</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>स्पीकर</translation>
    </message>
    <message>
        <source>Level of the speaker</source>
        <translation>स्पीकर का स्तर</translation>
    </message>
    <message>
        <source>The test records three seconds and plays them to you.</source>
        <translation>जाँच तीन सेकंड रिकॉर्ड करके आपको सुनाती है।</translation>
    </message>
    <message>
        <source>The test plays three tones.</source>
        <translation>जाँच तीन सुर बजाती है।</translation>
    </message>
    <message>
        <source>The microphone does not hear the answers.</source>
        <translation>माइक्रोफ़ोन को जवाब सुनाई नहीं देते।</translation>
    </message>
    <message>
        <source>Echo: the microphone hears the answers {n} dB softer.</source>
        <translation>गूँज: माइक्रोफ़ोन को जवाब {n} dB धीमे सुनाई देते हैं।</translation>
    </message>
    <message>
        <source>That is loud: headphones help.</source>
        <translation>यह तेज़ है: हेडफ़ोन से मदद मिलेगी।</translation>
    </message>
    <message>
        <source>Fuller sound</source>
        <translation>भरपूर ध्वनि</translation>
    </message>
    <message>
        <source>Adds the high tones that a codec leaves out. Takes a little more work.</source>
        <translation>कोडेक जो ऊँचे स्वर छोड़ देता है, उन्हें जोड़ता है। थोड़ा अधिक काम लगता है।</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>बातचीत</translation>
    </message>
    <message>
        <source>{n} seconds</source>
        <translation>{n} सेकंड</translation>
    </message>
    <message>
        <source>In hands-free mode, so long a silence ends your turn.</source>
        <translation>मुक्त ढंग में इतनी देर चुप रहने पर आपकी बारी पूरी होती है।</translation>
    </message>
    <message>
        <source>Pause before the answer</source>
        <translation>जवाब से पहले विराम</translation>
    </message>
    <message>
        <source>When I speak</source>
        <translation>जब मैं बोलूँ</translation>
    </message>
    <message>
        <source>When I speak, with headphones</source>
        <translation>जब मैं बोलूँ, हेडफ़ोन के साथ</translation>
    </message>
    <message>
        <source>Never, only Esc or the button</source>
        <translation>कभी नहीं, केवल Esc या बटन</translation>
    </message>
    <message>
        <source>With headphones the answer cannot be heard by the microphone, and needs no care.</source>
        <translation>हेडफ़ोन से जवाब माइक्रोफ़ोन तक नहीं पहुँचता, सावधानी की ज़रूरत नहीं।</translation>
    </message>
    <message>
        <source>What stops an answer</source>
        <translation>जवाब किससे रुके</translation>
    </message>
    <message>
        <source>None</source>
        <translation>कोई नहीं</translation>
    </message>
    <message>
        <source>Key that talks from any window</source>
        <translation>किसी भी विंडो से बोलने की कुंजी</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>गणना</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>स्वचालित</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>प्रोसेसर</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>ग्राफ़िक्स कार्ड</translation>
    </message>
    <message>
        <source>Models compute on</source>
        <translation>मॉडल की गणना</translation>
    </message>
    <message>
        <source>For each model. Automatic is one, which leaves room for the rest; more may be slower.</source>
        <translation>हर मॉडल के लिए। स्वचालित यानी एक, बाक़ी के लिए जगह रहती है; अधिक से धीमा हो सकता है।</translation>
    </message>
    <message>
        <source>Threads of the processor</source>
        <translation>प्रोसेसर के थ्रेड</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>विंडो</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>सिस्टम जैसा</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>विंडो की भाषा</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>उजला</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>गहरा</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>रूप</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>अक्षरों का आकार</translation>
    </message>
    <message>
        <source>Stay at hand when closed</source>
        <translation>बंद होने पर भी पास रहे</translation>
    </message>
    <message>
        <source>Closing the window leaves Paluku in the tray, beside the clock.</source>
        <translation>विंडो बंद करने पर पलुकु घड़ी के पास ट्रे में रहता है।</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>इस डेस्कटॉप पर ट्रे नहीं है।</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>गोपनीयता</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>निजी</translation>
    </message>
    <message>
        <source>Nothing that is said is kept. What was kept before stays.</source>
        <translation>कही गई कोई बात नहीं रखी जाती। पहले रखी हुई बनी रहती हैं।</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>ऑफ़लाइन रहे</translation>
    </message>
    <message>
        <source>Talking never needs the net. This also forbids fetching models.</source>
        <translation>बात करने को नेट नहीं चाहिए। इससे मॉडल लाना भी बंद रहता है।</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>पलुकु</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>खोलें</translation>
    </message>
    <message>
        <source>Where your models and conversations lie</source>
        <translation>आपके मॉडल और बातचीत की जगह</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>दिखाएँ</translation>
    </message>
    <message>
        <source>Language, microphone, speaker: once more from the beginning.</source>
        <translation>भाषा, माइक्रोफ़ोन, स्पीकर: फिर शुरू से।</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>पहले क़दम</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>पहले जैसा</translation>
    </message>
    <message>
        <source>Models and conversations stay.</source>
        <translation>मॉडल और बातचीत बने रहते हैं।</translation>
    </message>
    <message>
        <source>All settings as they were at first</source>
        <translation>सभी सेटिंग शुरू जैसी</translation>
    </message>
</context>
<context>
    <name>SoundChoice</name>
    <message>
        <source>Files…</source>
        <translation>फ़ाइलें…</translation>
    </message>
    <message>
        <source>A file…</source>
        <translation>फ़ाइल…</translation>
    </message>
    <message>
        <source>Choose recordings of speech</source>
        <translation>बोली की रिकॉर्डिंग चुनें</translation>
    </message>
    <message>
        <source>Spoken sentences</source>
        <translation>बोले गए वाक्य</translation>
    </message>
    <message>
        <source>Sentences in Telugu, Hindi and English, said by espeak-ng</source>
        <translation>espeak-ng द्वारा बोले गए तेलुगु, हिन्दी और अंग्रेज़ी वाक्य</translation>
    </message>
    <message>
        <source>Sentences in three languages, spoken for the test</source>
        <translation>परीक्षण के लिए तीन भाषाओं में बोले गए वाक्य</translation>
    </message>
    <message>
        <source>What you just said</source>
        <translation>जो आपने अभी कहा</translation>
    </message>
    <message>
        <source>Speak now…</source>
        <translation>अब बोलिए…</translation>
    </message>
    <message>
        <source>Record {n} s</source>
        <translation>{n} से. रिकॉर्ड करें</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>ध्वनि</translation>
    </message>
    <message>
        <source>Recordings of speech</source>
        <translation>बोली की रिकॉर्डिंग</translation>
    </message>
</context>
<context>
    <name>SoundLane</name>
    <message>
        <source>{ago} s ago, {hz} Hz, {db} dB</source>
        <translation>{ago} से पहले, {hz} Hz, {db} dB</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>बहुत तेज़</translation>
    </message>
    <message>
        <source>no sound arrives</source>
        <translation>कोई ध्वनि नहीं आ रही</translation>
    </message>
</context>
<context>
    <name>SoundPanel</name>
    <message>
        <source>Sound</source>
        <translation>ध्वनि</translation>
    </message>
    <message>
        <source>Show the spectrograms</source>
        <translation>स्पेक्ट्रोग्राम दिखाएँ</translation>
    </message>
    <message>
        <source>Show or hide the spectrograms (Ctrl+G)</source>
        <translation>स्पेक्ट्रोग्राम दिखाएँ या छिपाएँ (Ctrl+G)</translation>
    </message>
    <message>
        <source>You</source>
        <translation>आप</translation>
    </message>
    <message>
        <source>Your level</source>
        <translation>आपकी आवाज़ का स्तर</translation>
    </message>
    <message>
        <source>Spectrogram of your voice</source>
        <translation>आपकी आवाज़ का स्पेक्ट्रोग्राम</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>पलुकु</translation>
    </message>
    <message>
        <source>Level of the answer</source>
        <translation>जवाब का स्तर</translation>
    </message>
    <message>
        <source>Spectrogram of the answer</source>
        <translation>जवाब का स्पेक्ट्रोग्राम</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>आईना</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Offline, on this computer</source>
        <translation>ऑफ़लाइन, इसी कंप्यूटर पर</translation>
    </message>
    <message>
        <source>Nothing that is said leaves this computer</source>
        <translation>कही गई कोई बात इस कंप्यूटर से बाहर नहीं जाती</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>बंद</translation>
    </message>
    <message>
        <source>Microphone: {name}</source>
        <translation>माइक्रोफ़ोन: {name}</translation>
    </message>
    <message>
        <source>Speaker: {name}</source>
        <translation>स्पीकर: {name}</translation>
    </message>
    <message>
        <source>Only the newest part of a long talk is kept in mind until it has time again.</source>
        <translation>समय मिलने तक बातचीत का केवल ताज़ा हिस्सा याद रखा जाता है।</translation>
    </message>
    <message>
        <source>The high tones are left out until it has time again.</source>
        <translation>फुरसत मिलने तक ऊँचे स्वर छोड़े जाते हैं।</translation>
    </message>
    <message>
        <source>Sound is computed in larger pieces until it has time again.</source>
        <translation>फुरसत मिलने तक ध्वनि बड़े टुकड़ों में बनती है।</translation>
    </message>
    <message>
        <source>Computer is busy</source>
        <translation>कंप्यूटर व्यस्त है</translation>
    </message>
    <message>
        <source>late {late}, gaps {gaps}</source>
        <translation>देर {late}, अंतराल {gaps}</translation>
    </message>
    <message>
        <source>Late: frames that took longer to compute than they last. Gaps: holes in the sound.</source>
        <translation>देर: वे फ़्रेम जिनकी गणना उनकी अवधि से लंबी चली। अंतराल: ध्वनि में टूट।</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Talk</source>
        <translation>बोलें</translation>
    </message>
</context>
<context>
    <name>TalkControls</name>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>जवाब रोकें (Esc)</translation>
    </message>
    <message>
        <source>Mute the microphone (Ctrl+M)</source>
        <translation>माइक्रोफ़ोन बंद करें (Ctrl+M)</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>आईना</translation>
    </message>
    <message>
        <source>You hear yourself. Press to mute</source>
        <translation>आप ख़ुद को सुन रहे हैं। बंद करने को दबाएँ</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>खुल रहा है</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>तैयार</translation>
    </message>
    <message>
        <source>Press to hear yourself</source>
        <translation>ख़ुद को सुनने के लिए दबाएँ</translation>
    </message>
    <message>
        <source>Hold this button or the space bar and talk</source>
        <translation>यह बटन या स्पेस दबाकर बोलिए</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>सुन रहा है</translation>
    </message>
    <message>
        <source>Just speak. Press to mute</source>
        <translation>बस बोलिए। बंद करने को दबाएँ</translation>
    </message>
    <message>
        <source>Hearing you</source>
        <translation>आपको सुन रहा है</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>सोच रहा है</translation>
    </message>
    <message>
        <source>Esc stops it</source>
        <translation>Esc से रुकेगा</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>बोल रहा है</translation>
    </message>
    <message>
        <source>Softly: is somebody speaking?</source>
        <translation>धीमे: क्या कोई बोल रहा है?</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>माइक बंद</translation>
    </message>
    <message>
        <source>The microphone is closed. Press to go on</source>
        <translation>माइक्रोफ़ोन बंद है। जारी रखने को दबाएँ</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>माइक्रोफ़ोन नहीं है</translation>
    </message>
    <message>
        <source>Connect one; it is found by itself</source>
        <translation>कोई जोड़ें; वह अपने आप मिलेगा</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>रुक गया</translation>
    </message>
    <message>
        <source>The voice engine has ended</source>
        <translation>आवाज़ का इंजन बंद हो गया</translation>
    </message>
    <message>
        <source>Getting the voice ready</source>
        <translation>आवाज़ तैयार हो रही है</translation>
    </message>
    <message>
        <source>Let go when you have finished</source>
        <translation>पूरा होने पर छोड़ दें</translation>
    </message>
    <message>
        <source>A pause ends your turn</source>
        <translation>रुकने पर आपकी बारी पूरी होती है</translation>
    </message>
</context>
<context>
    <name>TalkKeys</name>
    <message>
        <source>Held anywhere, it is the talk button. Other programs do not get it.</source>
        <translation>कहीं भी दबाए रखें, यही बोलने का बटन है। दूसरे प्रोग्राम को यह नहीं मिलती।</translation>
    </message>
    <message>
        <source>This system lets no program hear the keys of other windows. In its settings you can give a key to the command {command}: it begins a turn, and ends it.</source>
        <translation>यह सिस्टम किसी प्रोग्राम को दूसरी विंडो की कुंजियाँ नहीं सुनने देता। इसकी सेटिंग में {command} आदेश को एक कुंजी दे सकते हैं: वह बारी शुरू और ख़त्म करती है।</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Transcript</source>
        <translation>बातचीत का पाठ</translation>
    </message>
    <message>
        <source>Show what was said before</source>
        <translation>पहले की बातें दिखाएँ</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show Paluku</source>
        <translation>पलुकु दिखाएँ</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>माइक्रोफ़ोन बंद करें</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>बाहर निकलें</translation>
    </message>
    <message>
        <source>Paluku: muted</source>
        <translation>पलुकु: माइक बंद</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>पलुकु</translation>
    </message>
</context>
<context>
    <name>TurnRow</name>
    <message>
        <source>Spoken</source>
        <translation>कहा गया</translation>
    </message>
    <message>
        <source>You</source>
        <translation>आप</translation>
    </message>
    <message>
        <source>Answered without words</source>
        <translation>बिना शब्दों के जवाब दिया</translation>
    </message>
    <message>
        <source>Paluku, stopped</source>
        <translation>पलुकु, रोका गया</translation>
    </message>
    <message>
        <source>Paluku</source>
        <translation>पलुकु</translation>
    </message>
    <message>
        <source>First sound after {ms} ms, {seconds} s of speech</source>
        <translation>पहली ध्वनि {ms} मि.से. बाद, {seconds} से. की बात</translation>
    </message>
    <message>
        <source>Paluku, timer</source>
        <translation>पलुकु, टाइमर</translation>
    </message>
    <message>
        <source>Paluku, alarm</source>
        <translation>पलुकु, अलार्म</translation>
    </message>
    <message>
        <source>Paluku, reminder</source>
        <translation>पलुकु, याद</translation>
    </message>
</context>
<context>
    <name>TurnTools</name>
    <message>
        <source>Copy</source>
        <translation>नक़ल</translation>
    </message>
    <message>
        <source>Hear it again</source>
        <translation>फिर सुनें</translation>
    </message>
</context>
<context>
    <name>TypedLine</name>
    <message>
        <source>Or type, and hear the answer</source>
        <translation>या टाइप करें और जवाब सुनें</translation>
    </message>
    <message>
        <source>Type instead of speaking</source>
        <translation>बोलने के बदले टाइप करें</translation>
    </message>
    <message>
        <source>Send what was typed</source>
        <translation>टाइप किया हुआ भेजें</translation>
    </message>
    <message>
        <source>Send what was typed (Enter)</source>
        <translation>टाइप किया हुआ भेजें (Enter)</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>वापस लें</translation>
    </message>
</context>
<context>
    <name>VoicePicker</name>
    <message>
        <source>Speaker</source>
        <translation>वक्ता</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>भाव</translation>
    </message>
    <message>
        <source>Language of the answer</source>
        <translation>जवाब की भाषा</translation>
    </message>
    <message>
        <source>Strength of the emotion</source>
        <translation>भाव की तीव्रता</translation>
    </message>
    <message>
        <source>Any language</source>
        <translation>कोई भी भाषा</translation>
    </message>
    <message>
        <source>Telugu</source>
        <translation>तेलुगु</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>हिन्दी</translation>
    </message>
    <message>
        <source>English</source>
        <translation>अंग्रेज़ी</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>तमिल</translation>
    </message>
    <message>
        <source>Kannada</source>
        <translation>कन्नड़</translation>
    </message>
    <message>
        <source>Malayalam</source>
        <translation>मलयालम</translation>
    </message>
    <message>
        <source>Marathi</source>
        <translation>मराठी</translation>
    </message>
    <message>
        <source>Bengali</source>
        <translation>बांग्ला</translation>
    </message>
    <message>
        <source>Gujarati</source>
        <translation>गुजराती</translation>
    </message>
    <message>
        <source>Punjabi</source>
        <translation>पंजाबी</translation>
    </message>
    <message>
        <source>Urdu</source>
        <translation>उर्दू</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>सामान्य</translation>
    </message>
    <message>
        <source>Happy</source>
        <translation>ख़ुश</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>उदास</translation>
    </message>
    <message>
        <source>Angry</source>
        <translation>ग़ुस्सा</translation>
    </message>
    <message>
        <source>Fearful</source>
        <translation>डर</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>हैरान</translation>
    </message>
    <message>
        <source>Disgusted</source>
        <translation>घृणा</translation>
    </message>
    <message>
        <source>Calm</source>
        <translation>शांत</translation>
    </message>
    <message>
        <source>Excited</source>
        <translation>उत्साह</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Microphone</source>
        <translation>माइक्रोफ़ोन</translation>
    </message>
    <message>
        <source>Level of the microphone</source>
        <translation>माइक्रोफ़ोन का स्तर</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>जाँच</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>स्पीकर</translation>
    </message>
    <message>
        <source>Level of the speaker</source>
        <translation>स्पीकर का स्तर</translation>
    </message>
    <message>
        <source>Which language shall the window have?</source>
        <translation>विंडो किस भाषा में हो?</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>स्वागत है</translation>
    </message>
    <message>
        <source>Press the button, speak for three seconds, and hear yourself. The bar moves as you speak.</source>
        <translation>बटन दबाएँ, तीन सेकंड बोलें और ख़ुद को सुनें। बोलने पर पट्टी हिलती है।</translation>
    </message>
    <message>
        <source>Can you be heard?</source>
        <translation>क्या आपकी आवाज़ आ रही है?</translation>
    </message>
    <message>
        <source>Press the button: three tones are played.</source>
        <translation>बटन दबाएँ: तीन सुर बजेंगे।</translation>
    </message>
    <message>
        <source>Can you hear?</source>
        <translation>क्या आपको सुनाई देता है?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>पीछे</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>छोड़ें</translation>
    </message>
    <message>
        <source>Speak…</source>
        <translation>बोलिए…</translation>
    </message>
    <message>
        <source>Playing…</source>
        <translation>बज रहा है…</translation>
    </message>
    <message>
        <source>Begin to talk</source>
        <translation>बात शुरू करें</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>आगे</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{all} में से {n}</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Paluku</source>
        <translation>पलुकु</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>बात</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>बातचीत</translation>
    </message>
    <message>
        <source>History</source>
        <translation>इतिहास</translation>
    </message>
    <message>
        <source>Earlier conversations</source>
        <translation>पिछली बातचीत</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>मॉडल</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>कार्यशाला</translation>
    </message>
    <message>
        <source>Workbench: diagnosis and listening tests</source>
        <translation>कार्यशाला: जाँच और सुनने के परीक्षण</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>हाल</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>निदान</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>सेटिंग</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>पहले क़दम</translation>
    </message>
</context>
<context>
    <name>WorkBar</name>
    <message>
        <source>Stop</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>End what is being done</source>
        <translation>चल रहा काम रोकें</translation>
    </message>
</context>
<context>
    <name>WorkbenchPage</name>
    <message>
        <source>Workbench</source>
        <translation>कार्यशाला</translation>
    </message>
    <message>
        <source>What a codec does to a voice: measured, seen and heard.</source>
        <translation>कोडेक आवाज़ के साथ क्या करता है: नापा, देखा और सुना हुआ।</translation>
    </message>
    <message>
        <source>Part of the workbench</source>
        <translation>कार्यशाला का भाग</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>जाँच</translation>
    </message>
    <message>
        <source>Listening tests</source>
        <translation>सुनने के परीक्षण</translation>
    </message>
</context>
<context>
    <name>_Sheet</name>
    <message>
        <source>Hear {name}</source>
        <translation>{name} की आवाज़ सुनें</translation>
    </message>
</context>
<context>
    <name>_Side</name>
    <message>
        <source>enhanced</source>
        <translation>निखरी हुई</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Hear it again</source>
        <translation>फिर सुनें</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>{name} cannot be written: {why}.</source>
        <translation>{name} लिखा नहीं जा सका: {why}।</translation>
    </message>
    <message>
        <source>A conversation cannot be kept as “{kind}”.</source>
        <translation>बातचीत को “{kind}” के रूप में नहीं रखा जा सकता।</translation>
    </message>
    <message>
        <source>It can: {kinds}.</source>
        <translation>इनमें रखा जा सकता है: {kinds}।</translation>
    </message>
    <message>
        <source>The {kind} “{name}” cannot be opened.</source>
        <translation>{kind} “{name}” नहीं खुला।</translation>
    </message>
    <message>
        <source>Another program may be using it, or it may not be permitted: check the system&apos;s sound settings.</source>
        <translation>शायद कोई दूसरा प्रोग्राम इसे काम में ले रहा है, या अनुमति नहीं है: सिस्टम की ध्वनि सेटिंग देखें।</translation>
    </message>
    <message>
        <source>No {kind} was found.</source>
        <translation>कोई {kind} नहीं मिला।</translation>
    </message>
    <message>
        <source>Connect a {kind}, or check that the system allows its use.</source>
        <translation>{kind} जोड़ें, या देखें कि सिस्टम उसे काम में लेने देता है।</translation>
    </message>
    <message>
        <source>The sound system does not answer.</source>
        <translation>ध्वनि तंत्र जवाब नहीं दे रहा।</translation>
    </message>
    <message>
        <source>Restart the computer&apos;s sound service.</source>
        <translation>कंप्यूटर की ध्वनि सेवा फिर से चालू करें।</translation>
    </message>
    <message>
        <source>The microphone is not open.</source>
        <translation>माइक्रोफ़ोन खुला नहीं है।</translation>
    </message>
    <message>
        <source>Open it first.</source>
        <translation>पहले उसे खोलें।</translation>
    </message>
    <message>
        <source>The microphone “{name}” gives no sound any more.</source>
        <translation>माइक्रोफ़ोन “{name}” से अब आवाज़ नहीं आ रही।</translation>
    </message>
    <message>
        <source>Connect it again, or choose another one.</source>
        <translation>उसे फिर जोड़ें, या दूसरा चुनें।</translation>
    </message>
    <message>
        <source>The speaker “{name}” does not play any more.</source>
        <translation>स्पीकर “{name}” अब नहीं बज रहा।</translation>
    </message>
    <message>
        <source>The speaker is not open.</source>
        <translation>स्पीकर खुला नहीं है।</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>दूसरी जगह चुनें।</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>{name} नाम की फ़ाइल नहीं है।</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>नाम और फ़ोल्डर जाँचें।</translation>
    </message>
    <message>
        <source>{name} is a folder, not a sound file.</source>
        <translation>{name} फ़ोल्डर है, ध्वनि फ़ाइल नहीं।</translation>
    </message>
    <message>
        <source>Choose a file inside it.</source>
        <translation>उसके भीतर की कोई फ़ाइल चुनें।</translation>
    </message>
    <message>
        <source>{name} holds no sound.</source>
        <translation>{name} में कोई ध्वनि नहीं है।</translation>
    </message>
    <message>
        <source>Record it again, or choose another file.</source>
        <translation>फिर से रिकॉर्ड करें, या दूसरी फ़ाइल चुनें।</translation>
    </message>
    <message>
        <source>{name} claims {rate} samples a second.</source>
        <translation>{name} के अनुसार प्रति सेकंड {rate} नमूने हैं।</translation>
    </message>
    <message>
        <source>Its header is damaged: convert it first.</source>
        <translation>उसका शीर्ष भाग ख़राब है: पहले उसे बदलें।</translation>
    </message>
    <message>
        <source>{name} holds values that are no sound (NaN or infinity).</source>
        <translation>{name} में ऐसे मान हैं जो ध्वनि नहीं (NaN या अनंत)।</translation>
    </message>
    <message>
        <source>Export it again as 16-bit WAV.</source>
        <translation>उसे 16-बिट WAV के रूप में फिर से निर्यात करें।</translation>
    </message>
    <message>
        <source>The disk is full while writing {name}.</source>
        <translation>{name} लिखते हुए डिस्क भर गई।</translation>
    </message>
    <message>
        <source>Free some space; what was written so far is kept.</source>
        <translation>कुछ जगह ख़ाली करें; अब तक लिखा हुआ बना रहेगा।</translation>
    </message>
    <message>
        <source>{name} cannot be written: there is no such folder.</source>
        <translation>{name} लिखा नहीं जा सका: ऐसा फ़ोल्डर नहीं है।</translation>
    </message>
    <message>
        <source>Make the folder first.</source>
        <translation>पहले वह फ़ोल्डर बनाएँ।</translation>
    </message>
    <message>
        <source>{name} is a folder.</source>
        <translation>{name} एक फ़ोल्डर है।</translation>
    </message>
    <message>
        <source>Give the name of a file to write.</source>
        <translation>लिखने के लिए फ़ाइल का नाम दें।</translation>
    </message>
    <message>
        <source>{name} may not be read.</source>
        <translation>{name} पढ़ने की अनुमति नहीं है।</translation>
    </message>
    <message>
        <source>Check the permissions of the file.</source>
        <translation>फ़ाइल की अनुमतियाँ जाँचें।</translation>
    </message>
    <message>
        <source>{name} is not a sound file that can be read.</source>
        <translation>{name} ऐसी ध्वनि फ़ाइल नहीं जो पढ़ी जा सके।</translation>
    </message>
    <message>
        <source>Use WAV, FLAC, OGG or MP3, or convert it first.</source>
        <translation>WAV, FLAC, OGG या MP3 काम में लें, या पहले उसे बदलें।</translation>
    </message>
    <message>
        <source>{name} is damaged and cannot be read to its end.</source>
        <translation>{name} ख़राब है और अंत तक नहीं पढ़ी जा सकती।</translation>
    </message>
    <message>
        <source>Convert it first.</source>
        <translation>पहले उसे बदलें।</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ख़ाली है।</translation>
    </message>
    <message>
        <source>There is no model called “{name}” here.</source>
        <translation>यहाँ “{name}” नाम का मॉडल नहीं है।</translation>
    </message>
    <message>
        <source>Known models: {names}.</source>
        <translation>ज्ञात मॉडल: {names}।</translation>
    </message>
    <message>
        <source>No model is installed yet.</source>
        <translation>अभी कोई मॉडल नहीं है।</translation>
    </message>
    <message>
        <source>There are no weights of {name} here yet.</source>
        <translation>{name} के वेट अभी यहाँ नहीं हैं।</translation>
    </message>
    <message>
        <source>{source}Add a weights file with: paluku models import FILE</source>
        <translation>{source}वेट की फ़ाइल जोड़ने के लिए: paluku models import FILE</translation>
    </message>
    <message>
        <source>The file {file} of {name} is missing.</source>
        <translation>{name} की फ़ाइल {file} नहीं है।</translation>
    </message>
    <message>
        <source>Fetch it on the models page.</source>
        <translation>उसे मॉडल पृष्ठ पर लाएँ।</translation>
    </message>
    <message>
        <source>Copy the model&apos;s folder again.</source>
        <translation>मॉडल का फ़ोल्डर फिर से कॉपी करें।</translation>
    </message>
    <message>
        <source>The file {file} of {name} is cut or changed: {size} bytes of {whole}.</source>
        <translation>{name} की फ़ाइल {file} कटी या बदली हुई है: {whole} में से {size} बाइट।</translation>
    </message>
    <message>
        <source>Remove the model and fetch or copy it again.</source>
        <translation>मॉडल हटाकर फिर से लाएँ या कॉपी करें।</translation>
    </message>
    <message>
        <source>The file {file} of {name} was changed: its fingerprint does not match its card.</source>
        <translation>{name} की फ़ाइल {file} बदली गई है: उसकी पहचान कार्ड से नहीं मिलती।</translation>
    </message>
    <message>
        <source>{name} is already here.</source>
        <translation>{name} पहले से यहाँ है।</translation>
    </message>
    <message>
        <source>Remove it first to replace it.</source>
        <translation>बदलने के लिए पहले उसे हटाएँ।</translation>
    </message>
    <message>
        <source>{name} ships with Paluku and cannot be removed.</source>
        <translation>{name} पलुकु के साथ आता है और हटाया नहीं जा सकता।</translation>
    </message>
    <message>
        <source>{name} could not be copied: {why}.</source>
        <translation>{name} कॉपी नहीं हो सका: {why}।</translation>
    </message>
    <message>
        <source>Is the disk full?</source>
        <translation>क्या डिस्क भर गई है?</translation>
    </message>
    <message>
        <source>{name} could not be removed: {why}.</source>
        <translation>{name} हटाया नहीं जा सका: {why}।</translation>
    </message>
    <message>
        <source>There is no speech model here to talk with.</source>
        <translation>बात करने के लिए यहाँ बोलने वाला मॉडल नहीं है।</translation>
    </message>
    <message>
        <source>Try the mirror, or fetch a model on the models page.</source>
        <translation>आईना आज़माएँ, या मॉडल पृष्ठ पर एक मॉडल लाएँ।</translation>
    </message>
    <message>
        <source>{name} talks in turns; it cannot listen while it speaks.</source>
        <translation>{name} बारी-बारी से बोलता है; बोलते हुए सुन नहीं सकता।</translation>
    </message>
    <message>
        <source>{name} talks while it listens.</source>
        <translation>{name} सुनते हुए बोलता है।</translation>
    </message>
    <message>
        <source>Begin a talk with it first.</source>
        <translation>पहले उससे बातचीत शुरू करें।</translation>
    </message>
    <message>
        <source>Nothing of {name} has come for {seconds} seconds.</source>
        <translation>{seconds} सेकंड से {name} का कुछ नहीं आया।</translation>
    </message>
    <message>
        <source>The net is slow. What has arrived is kept; try again to go on from there.</source>
        <translation>नेट धीमा है। जो आया वह बना रहेगा; फिर कोशिश करें तो वहीं से आगे चलेगा।</translation>
    </message>
    <message>
        <source>More of {name} came than was published; what arrived was thrown away.</source>
        <translation>{name} का प्रकाशित से ज़्यादा आया; जो आया वह फेंक दिया गया।</translation>
    </message>
    <message>
        <source>Fetch it again; if this happens again, the server is at fault.</source>
        <translation>फिर से लाएँ; फिर ऐसा हो तो दोष सर्वर का है।</translation>
    </message>
    <message>
        <source>What is published has a name that leads out of its folder: {name}.</source>
        <translation>प्रकाशित का नाम उसके फ़ोल्डर के बाहर ले जाता है: {name}।</translation>
    </message>
    <message>
        <source>{name} needs {missing} MB more, and {free} MB are free.</source>
        <translation>{name} को {missing} MB और चाहिए, और {free} MB ख़ाली है।</translation>
    </message>
    <message>
        <source>Make room on the disk, or remove a model.</source>
        <translation>डिस्क पर जगह बनाएँ, या कोई मॉडल हटाएँ।</translation>
    </message>
    <message>
        <source>{name} arrived damaged: its fingerprint is not the published one.</source>
        <translation>{name} ख़राब आया: उसकी पहचान प्रकाशित वाली नहीं है।</translation>
    </message>
    <message>
        <source>What arrived was thrown away; fetch it again.</source>
        <translation>जो आया वह फेंक दिया गया; फिर से लाएँ।</translation>
    </message>
    <message>
        <source>What has arrived is kept; try again to go on from there.</source>
        <translation>जो आया वह बना रहेगा; फिर कोशिश करें तो वहीं से आगे चलेगा।</translation>
    </message>
    <message>
        <source>It asks for an account or for its licence to be accepted on its own page.</source>
        <translation>वह अपने पृष्ठ पर खाता या लाइसेंस की स्वीकृति माँगता है।</translation>
    </message>
    <message>
        <source>It may have been moved or withdrawn.</source>
        <translation>शायद उसे हटाया या कहीं और रखा गया है।</translation>
    </message>
    <message>
        <source>It is asked too often; try again in a while.</source>
        <translation>उससे बहुत बार पूछा जा रहा है; थोड़ी देर में कोशिश करें।</translation>
    </message>
    <message>
        <source>The server has a fault of its own; try again later.</source>
        <translation>सर्वर में ही ख़राबी है; बाद में कोशिश करें।</translation>
    </message>
    <message>
        <source>{name} was refused by the hub ({code}).</source>
        <translation>हब ने {name} देने से मना किया ({code})।</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>बाद में कोशिश करें।</translation>
    </message>
    <message>
        <source>{name} cannot be looked up: the hub is not reachable.</source>
        <translation>{name} खोजा नहीं जा सका: हब तक पहुँच नहीं है।</translation>
    </message>
    <message>
        <source>Is this computer connected to the net?</source>
        <translation>क्या यह कंप्यूटर नेट से जुड़ा है?</translation>
    </message>
    <message>
        <source>{name} was refused by the server ({code}).</source>
        <translation>सर्वर ने {name} देने से मना किया ({code})।</translation>
    </message>
    <message>
        <source>{name} cannot be fetched: the server is not reachable.</source>
        <translation>{name} लाया नहीं जा सका: सर्वर तक पहुँच नहीं है।</translation>
    </message>
    <message>
        <source>The connection to fetch {name} was lost.</source>
        <translation>{name} लाने का संबंध टूट गया।</translation>
    </message>
    <message>
        <source>The voice engine stopped because of a fault in Paluku.</source>
        <translation>पलुकु की ख़राबी से आवाज़ का इंजन रुक गया।</translation>
    </message>
    <message>
        <source>The log says where; restart it.</source>
        <translation>कहाँ, यह लॉग बताता है; उसे फिर से चालू करें।</translation>
    </message>
    <message>
        <source>This computer lacks the {what}.</source>
        <translation>इस कंप्यूटर में {what} नहीं है।</translation>
    </message>
    <message>
        <source>There is no sound file {name}.</source>
        <translation>{name} नाम की ध्वनि फ़ाइल नहीं है।</translation>
    </message>
    <message>
        <source>The enhanced file would replace the one it is made from.</source>
        <translation>सुधरी फ़ाइल उसी को मिटा देगी जिससे वह बनी है।</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>दूसरा नाम चुनें।</translation>
    </message>
    <message>
        <source>{name} has {rate} samples a second.</source>
        <translation>{name} में प्रति सेकंड {rate} नमूने हैं।</translation>
    </message>
    <message>
        <source>Use a file with 4,000 or more.</source>
        <translation>4,000 या अधिक वाली फ़ाइल काम में लें।</translation>
    </message>
    <message>
        <source>{name} cannot be written to its end: {why}.</source>
        <translation>{name} अंत तक नहीं लिखा जा सका: {why}।</translation>
    </message>
    <message>
        <source>{what} needs {needed} GB of memory, and {free} GB are free.</source>
        <translation>{what} को {needed} GB मेमोरी चाहिए, और {free} GB ख़ाली है।</translation>
    </message>
    <message>
        <source>{name} could not be kept: {why}.</source>
        <translation>{name} रखा नहीं जा सका: {why}।</translation>
    </message>
    <message>
        <source>This needs the library {library}, which is not installed.</source>
        <translation>इसके लिए {library} लाइब्रेरी चाहिए, जो नहीं है।</translation>
    </message>
    <message>
        <source>Install Paluku with its {extra} extra: pip install &apos;paluku[{extra_again}]&apos;</source>
        <translation>पलुकु को {extra} अतिरिक्त के साथ लगाएँ: pip install &apos;paluku[{extra_again}]&apos;</translation>
    </message>
    <message>
        <source>Download the extra that belongs to this Paluku (paluku-extra, 700 MB when it is unpacked), then: paluku extra add FILE</source>
        <translation>इस पलुकु का अतिरिक्त उतारें (paluku-extra, खोलने पर 700 MB), फिर: paluku extra add FILE</translation>
    </message>
    <message>
        <source>The model file {name} is missing.</source>
        <translation>मॉडल फ़ाइल {name} नहीं है।</translation>
    </message>
    <message>
        <source>It was looked for in {folder}.</source>
        <translation>उसे {folder} में खोजा गया।</translation>
    </message>
    <message>
        <source>{name} describes itself in a form this version cannot read.</source>
        <translation>{name} अपना वर्णन ऐसे करता है जो यह संस्करण नहीं पढ़ सकता।</translation>
    </message>
    <message>
        <source>{name} does not return all it must remember ({what}).</source>
        <translation>{name} वह सब नहीं लौटाता जो उसे याद रखना है ({what})।</translation>
    </message>
    <message>
        <source>Export the model again, or fetch it again.</source>
        <translation>मॉडल फिर से निर्यात करें, या फिर से लाएँ।</translation>
    </message>
    <message>
        <source>The model file {name} cannot be read: it is damaged or of a newer version.</source>
        <translation>मॉडल फ़ाइल {name} पढ़ी नहीं जा सकी: वह ख़राब है या नए संस्करण की है।</translation>
    </message>
    <message>
        <source>{name} has a memory of unknown size ({part}: {shape}).</source>
        <translation>{name} की स्मृति का आकार अज्ञात है ({part}: {shape})।</translation>
    </message>
    <message>
        <source>The conversations cannot be opened</source>
        <translation>बातचीतें नहीं खुलीं</translation>
    </message>
    <message>
        <source>The conversation could not be saved</source>
        <translation>बातचीत सहेजी नहीं जा सकी</translation>
    </message>
    <message>
        <source>The last turn could not be saved</source>
        <translation>पिछली बारी सहेजी नहीं जा सकी</translation>
    </message>
    <message>
        <source>The conversations cannot be read</source>
        <translation>बातचीतें पढ़ी नहीं जा सकीं</translation>
    </message>
    <message>
        <source>The conversation cannot be read</source>
        <translation>बातचीत पढ़ी नहीं जा सकी</translation>
    </message>
    <message>
        <source>The name could not be saved</source>
        <translation>नाम सहेजा नहीं जा सका</translation>
    </message>
    <message>
        <source>The conversation could not be deleted</source>
        <translation>बातचीत मिटाई नहीं जा सकी</translation>
    </message>
    <message>
        <source>A saved turn is damaged: its sound cannot be replayed.</source>
        <translation>सहेजी बारी ख़राब है: उसकी ध्वनि नहीं सुनाई जा सकती।</translation>
    </message>
    <message>
        <source>{what}: {why}.</source>
        <translation>{what}: {why}।</translation>
    </message>
    <message>
        <source>The file is damaged. Move it away and Paluku starts a new one.</source>
        <translation>फ़ाइल ख़राब है। उसे हटा दें तो पलुकु नई शुरू करेगा।</translation>
    </message>
    <message>
        <source>Is the disk full or read-only?</source>
        <translation>क्या डिस्क भरी है, या उस पर लिखा नहीं जा सकता?</translation>
    </message>
    <message>
        <source>Your conversations were written by a newer version of Paluku.</source>
        <translation>आपकी बातचीतें पलुकु के नए संस्करण ने लिखी हैं।</translation>
    </message>
    <message>
        <source>Update Paluku to read them.</source>
        <translation>पढ़ने के लिए पलुकु को नया करें।</translation>
    </message>
    <message>
        <source>The model&apos;s process has ended by itself.</source>
        <translation>मॉडल की प्रक्रिया अपने आप समाप्त हो गई।</translation>
    </message>
    <message>
        <source>Choose the model again; if it happens again, the memory or a driver may be at fault.</source>
        <translation>मॉडल फिर से चुनें; फिर ऐसा हो तो मेमोरी या ड्राइवर का दोष हो सकता है।</translation>
    </message>
    <message>
        <source>The model failed because of a fault in Paluku.</source>
        <translation>पलुकु की ख़राबी से मॉडल विफल हुआ।</translation>
    </message>
    <message>
        <source>The model does not answer any more.</source>
        <translation>मॉडल अब जवाब नहीं दे रहा।</translation>
    </message>
    <message>
        <source>It is stopped; choose it again.</source>
        <translation>उसे रोक दिया गया; फिर से चुनें।</translation>
    </message>
    <message>
        <source>The codec that this was said with is not here.</source>
        <translation>जिस कोडेक से यह कहा गया वह यहाँ नहीं है।</translation>
    </message>
    <message>
        <source>This model says nothing without a talk.</source>
        <translation>यह मॉडल बातचीत के बिना कुछ नहीं कहता।</translation>
    </message>
    <message>
        <source>Begin one, and choose the voice in it.</source>
        <translation>बातचीत शुरू करें, और उसमें आवाज़ चुनें।</translation>
    </message>
    <message>
        <source>{name} cannot be made: {why}.</source>
        <translation>{name} बनाया नहीं जा सका: {why}।</translation>
    </message>
    <message>
        <source>The diagnosis in {folder} cannot be read: {why}.</source>
        <translation>{folder} की जाँच पढ़ी नहीं जा सकी: {why}।</translation>
    </message>
    <message>
        <source>{name} is already there.</source>
        <translation>{name} पहले से है।</translation>
    </message>
    <message>
        <source>{hub} does not hold {name}.</source>
        <translation>{hub} में {name} नहीं है।</translation>
    </message>
    <message>
        <source>{name} is not published: it has to be trained or imported.</source>
        <translation>{name} प्रकाशित नहीं है: उसे सिखाना या आयात करना होगा।</translation>
    </message>
    <message>
        <source>{name} holds no weights that Paluku can read.</source>
        <translation>{name} में ऐसे वेट नहीं जो पलुकु पढ़ सके।</translation>
    </message>
    <message>
        <source>There is no {name} there.</source>
        <translation>वहाँ {name} नहीं है।</translation>
    </message>
    <message>
        <source>The disk of the models cannot be read: {why}.</source>
        <translation>मॉडलों की डिस्क पढ़ी नहीं जा सकी: {why}।</translation>
    </message>
    <message>
        <source>The {kind} “{name}” was unplugged.</source>
        <translation>{kind} “{name}” निकल गया।</translation>
    </message>
    <message>
        <source>Connect it again, or choose another one: Paluku goes on as soon as there is one.</source>
        <translation>उसे फिर जोड़ें, या दूसरा चुनें: मिलते ही पलुकु आगे चलेगा।</translation>
    </message>
    <message>
        <source>A listening test needs a codec.</source>
        <translation>सुनने के परीक्षण को कोडेक चाहिए।</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>एक चुनें।</translation>
    </message>
    <message>
        <source>{name} is not a codec.</source>
        <translation>{name} कोडेक नहीं है।</translation>
    </message>
    <message>
        <source>The weights of {name} are not what its card says.</source>
        <translation>{name} के वेट उसके कार्ड के अनुसार नहीं हैं।</translation>
    </message>
    <message>
        <source>Import the model again.</source>
        <translation>मॉडल फिर से आयात करें।</translation>
    </message>
    <message>
        <source>{name} is not a speech model.</source>
        <translation>{name} बोलने वाला मॉडल नहीं है।</translation>
    </message>
    <message>
        <source>{what} needs the library {library}, which is not installed.</source>
        <translation>{what} को {library} लाइब्रेरी चाहिए, जो नहीं है।</translation>
    </message>
    <message>
        <source>{name} talks while it listens: a dialogue cannot answer for it.</source>
        <translation>{name} सुनते हुए बोलता है: संवाद उसकी ओर से जवाब नहीं दे सकता।</translation>
    </message>
    <message>
        <source>Paluku is set to stay offline, so nothing can be fetched.</source>
        <translation>पलुकु ऑफ़लाइन रहने पर है, इसलिए कुछ लाया नहीं जा सकता।</translation>
    </message>
    <message>
        <source>The switch is in the settings, under Privacy.</source>
        <translation>स्विच सेटिंग में निजता के नीचे है।</translation>
    </message>
    <message>
        <source>Paluku was started offline, and stays so until it ends.</source>
        <translation>पलुकु ऑफ़लाइन शुरू हुआ, और बंद होने तक वैसा ही रहेगा।</translation>
    </message>
    <message>
        <source>Start it again to fetch something.</source>
        <translation>कुछ लाने के लिए उसे फिर से शुरू करें।</translation>
    </message>
    <message>
        <source>This model chooses its own words: it cannot say given ones.</source>
        <translation>यह मॉडल अपने शब्द ख़ुद चुनता है: दिए हुए नहीं कह सकता।</translation>
    </message>
    <message>
        <source>This model has no {what} “{name}”.</source>
        <translation>इस मॉडल में {what} “{name}” नहीं है।</translation>
    </message>
    <message>
        <source>It has: {names}.</source>
        <translation>इसमें हैं: {names}।</translation>
    </message>
    <message>
        <source>Alarms could not be saved ({why}).</source>
        <translation>अलार्म सहेजे नहीं जा सके ({why})।</translation>
    </message>
    <message>
        <source>They ring, but only while Paluku runs.</source>
        <translation>वे बजेंगे, पर तभी तक जब तक पलुकु चल रहा है।</translation>
    </message>
    <message>
        <source>This model hears what is said; it cannot read.</source>
        <translation>यह मॉडल कही बात सुनता है; पढ़ नहीं सकता।</translation>
    </message>
    <message>
        <source>Say it, or choose another model.</source>
        <translation>बोलकर कहें, या दूसरा मॉडल चुनें।</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>माइक्रोफ़ोन</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>स्पीकर</translation>
    </message>
    <message>
        <source>live extender</source>
        <translation>ऊँचे स्वर जोड़ने वाला मॉडल</translation>
    </message>
    <message>
        <source>weights of AudioSR</source>
        <translation>AudioSR के वेट</translation>
    </message>
    <message>
        <source>emotion</source>
        <translation>भाव</translation>
    </message>
    <message>
        <source>language</source>
        <translation>भाषा</translation>
    </message>
</context>
<context>
    <name>dropped</name>
    <message>
        <source>{name} is a folder. One recording at a time can be heard.</source>
        <translation>{name} एक फ़ोल्डर है। एक बार में एक ही रिकॉर्डिंग सुनी जा सकती है।</translation>
    </message>
    <message>
        <source>Drop one of the sound files that lie in it.</source>
        <translation>उसमें रखी कोई एक ध्वनि फ़ाइल यहाँ छोड़ें।</translation>
    </message>
    <message>
        <source>Nothing can be made of {name}.</source>
        <translation>{name} यहाँ काम नहीं आती।</translation>
    </message>
    <message>
        <source>Drop a sound file to talk with it, or a model to import it.</source>
        <translation>बात करने के लिए ध्वनि फ़ाइल, या जोड़ने के लिए मॉडल छोड़ें।</translation>
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
        <translation>{n} अरब पैरामीटर</translation>
    </message>
    <message>
        <source>{n} million parameters</source>
        <translation>{n} मिलियन पैरामीटर</translation>
    </message>
    <message>
        <source>{n} frames a second</source>
        <translation>{n} फ़्रेम प्रति सेकंड</translation>
    </message>
    <message>
        <source>{n} kbit/s</source>
        <translation>{n} kbit/s</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>{n} से. बाक़ी</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>{n} मिनट बाक़ी</translation>
    </message>
    <message>
        <source>{n} h left</source>
        <translation>{n} घंटे बाक़ी</translation>
    </message>
</context>
<context>
    <name>findings</name>
    <message>
        <source>Good: all that was judged is as it should be.</source>
        <translation>अच्छा: जो परखा गया, सब ठीक है।</translation>
    </message>
    <message>
        <source>Fair: usable, and short of what this bitrate allows.</source>
        <translation>ठीक-ठाक: काम का है, पर इस बिटरेट पर और अच्छा हो सकता था।</translation>
    </message>
    <message>
        <source>Poor: something that was judged is not as it should be.</source>
        <translation>कमज़ोर: परखी गई कोई बात ठीक नहीं है।</translation>
    </message>
    <message>
        <source>Not judged: nothing could be measured.</source>
        <translation>नहीं परखा गया: कुछ नापा नहीं जा सका।</translation>
    </message>
    <message>
        <source>good</source>
        <translation>अच्छा</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>ठीक-ठाक</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>कमज़ोर</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>नहीं परखा</translation>
    </message>
    <message>
        <source>Words understood (STOI)</source>
        <translation>समझ में आने वाले शब्द (STOI)</translation>
    </message>
    <message>
        <source>How good it sounds (PESQ)</source>
        <translation>सुनने में कितना अच्छा (PESQ)</translation>
    </message>
    <message>
        <source>Waveform kept (SI-SDR)</source>
        <translation>तरंग कितनी बची (SI-SDR)</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>चुप्पी</translation>
    </message>
    <message>
        <source>A click</source>
        <translation>एक टिक</translation>
    </message>
    <message>
        <source>Frame by frame</source>
        <translation>फ़्रेम-दर-फ़्रेम</translation>
    </message>
    <message>
        <source>Codebooks</source>
        <translation>कोडबुक</translation>
    </message>
    <message>
        <source>Retroflex or dental</source>
        <translation>मूर्धन्य या दंत्य</translation>
    </message>
    <message>
        <source>Aspirated or plain</source>
        <translation>महाप्राण या अल्पप्राण</translation>
    </message>
    <message>
        <source>Long or short vowel</source>
        <translation>दीर्घ या ह्रस्व स्वर</translation>
    </message>
    <message>
        <source>Double or single consonant</source>
        <translation>द्वित्व या एकल व्यंजन</translation>
    </message>
    <message>
        <source>{contrast}, Hindi</source>
        <translation>{contrast}, हिन्दी</translation>
    </message>
    <message>
        <source>Not measured: its library is missing, or the sound is too short.</source>
        <translation>नहीं नापा गया: लाइब्रेरी नहीं है, या ध्वनि बहुत छोटी है।</translation>
    </message>
    <message>
        <source>It takes whole files and cannot be used live.</source>
        <translation>यह पूरी फ़ाइल लेता है और सीधे बातचीत में काम नहीं आता।</translation>
    </message>
    <message>
        <source>Too little sound to call an unused code dead.</source>
        <translation>अप्रयुक्त कोड को बेकार कहने के लिए ध्वनि बहुत कम है।</translation>
    </message>
    <message>
        <source>The original itself does not tell these words apart.</source>
        <translation>मूल ध्वनि में ही इन शब्दों का अंतर नहीं है।</translation>
    </message>
    <message>
        <source>{n} dB. At this bitrate a new waveform is made that sounds alike; this is no fault.</source>
        <translation>{n} dB. इस बिटरेट पर नई तरंग बनती है जो वैसी ही सुनाई देती है; यह दोष नहीं है।</translation>
    </message>
    <message>
        <source>{n} of 1</source>
        <translation>1 में से {n}</translation>
    </message>
    <message>
        <source>{n} of 4.6</source>
        <translation>4.6 में से {n}</translation>
    </message>
    <message>
        <source>{n} dB</source>
        <translation>{n} dB</translation>
    </message>
    <message>
        <source>{n} dBFS come out of silence</source>
        <translation>चुप्पी से {n} dBFS निकलता है</translation>
    </message>
    <message>
        <source>The same as all at once</source>
        <translation>एक साथ करने जैसा ही</translation>
    </message>
    <message>
        <source>Not the same as all at once</source>
        <translation>एक साथ करने जैसा नहीं</translation>
    </message>
    <message>
        <source>{n} % of its energy is smeared</source>
        <translation>इसकी {n} % ऊर्जा बिखर गई</translation>
    </message>
    <message>
        <source>The least used one uses {n} % of its codes</source>
        <translation>सबसे कम काम आने वाली अपने {n} % कोड बरतती है</translation>
    </message>
    <message>
        <source>{n} % of the word pairs stay apart</source>
        <translation>{n} % शब्द-जोड़े अलग बने रहे</translation>
    </message>
    <message>
        <source>Loading the codec</source>
        <translation>कोडेक खुल रहा है</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>नाप रहा है</translation>
    </message>
    <message>
        <source>Trying silence and a click</source>
        <translation>चुप्पी और टिक आज़मा रहा है</translation>
    </message>
    <message>
        <source>Comparing pairs of words</source>
        <translation>शब्द-जोड़ों की तुलना हो रही है</translation>
    </message>
    <message>
        <source>Making sound of the codes</source>
        <translation>कोड से ध्वनि बन रही है</translation>
    </message>
    <message>
        <source>Adding the upper band</source>
        <translation>ऊँचे स्वर जोड़ रहा है</translation>
    </message>
    <message>
        <source>Sending speech through the codec</source>
        <translation>बोली को कोडेक से गुज़ार रहा है</translation>
    </message>
</context>
<context>
    <name>outcomes</name>
    <message>
        <source>{one} or {other}?</source>
        <translation>{one} या {other}?</translation>
    </message>
    <message>
        <source>Rated: {names}</source>
        <translation>अंक मिले: {names}</translation>
    </message>
    <message>
        <source>Nothing was answered yet.</source>
        <translation>अभी कोई जवाब नहीं दिया गया।</translation>
    </message>
    <message>
        <source>{n} of {all} right, p = {p}</source>
        <translation>{all} में से {n} सही, p = {p}</translation>
    </message>
    <message>
        <source>They can be told apart.</source>
        <translation>उनमें अंतर सुनाई देता है।</translation>
    </message>
    <message>
        <source>No proof that they can be told apart.</source>
        <translation>अंतर सुनाई देने का प्रमाण नहीं है।</translation>
    </message>
    <message>
        <source>The hidden reference was missed too often: the scores do not count.</source>
        <translation>छिपा संदर्भ बहुत बार नहीं पहचाना गया: अंक मान्य नहीं।</translation>
    </message>
    <message>
        <source>the original</source>
        <translation>मूल ध्वनि</translation>
    </message>
    <message>
        <source>the muffled copy</source>
        <translation>दबी हुई प्रति</translation>
    </message>
</context>
<context>
    <name>trouble</name>
    <message>
        <source>The settings could not be saved.</source>
        <translation>सेटिंग सहेजी नहीं जा सकीं।</translation>
    </message>
    <message>
        <source>{key} cannot be the key that talks: another program has it.</source>
        <translation>{key} बोलने की कुंजी नहीं बन सकती: दूसरा प्रोग्राम उसे ले चुका है।</translation>
    </message>
    <message>
        <source>Choose another one in the settings.</source>
        <translation>सेटिंग में दूसरी चुनें।</translation>
    </message>
    <message>
        <source>The settings file is broken ({reason}). The defaults are used.</source>
        <translation>सेटिंग की फ़ाइल ख़राब है ({reason})। मूल सेटिंग काम में ली जा रही हैं।</translation>
    </message>
    <message>
        <source>It was kept as {name}.</source>
        <translation>उसे {name} नाम से रखा गया है।</translation>
    </message>
    <message>
        <source>{name} is gone.</source>
        <translation>{name} अब नहीं मिल रहा।</translation>
    </message>
    <message>
        <source>Plug it in again, or choose another one.</source>
        <translation>उसे फिर से लगाएँ, या दूसरा चुनें।</translation>
    </message>
    <message>
        <source>The microphone gives nothing at all, not even noise.</source>
        <translation>माइक्रोफ़ोन से कुछ भी नहीं आ रहा, शोर भी नहीं।</translation>
    </message>
    <message>
        <source>Perhaps it is switched off, or this program may not use it: look into the privacy settings of your system.</source>
        <translation>शायद वह बंद है, या इस प्रोग्राम को अनुमति नहीं है: अपने सिस्टम की निजता सेटिंग्स देखें।</translation>
    </message>
    <message>
        <source>The microphone hears you very softly.</source>
        <translation>माइक्रोफ़ोन को आपकी आवाज़ बहुत धीमी सुनाई दे रही है।</translation>
    </message>
    <message>
        <source>Come nearer, or raise its level in the sound settings.</source>
        <translation>पास आएँ, या ध्वनि सेटिंग्स में उसका स्तर बढ़ाएँ।</translation>
    </message>
    <message>
        <source>You are too loud for the microphone: the sound is cut off.</source>
        <translation>माइक्रोफ़ोन के लिए आपकी आवाज़ बहुत तेज़ है: ध्वनि कट रही है।</translation>
    </message>
    <message>
        <source>Move away a little, or lower its level in the sound settings.</source>
        <translation>थोड़ा दूर हटें, या ध्वनि सेटिंग्स में उसका स्तर घटाएँ।</translation>
    </message>
    <message>
        <source>The headset sounds like a telephone while its microphone is on.</source>
        <translation>माइक्रोफ़ोन चालू रहते हेडसेट की ध्वनि टेलीफ़ोन जैसी रहती है।</translation>
    </message>
    <message>
        <source>With another microphone it plays in full quality again.</source>
        <translation>दूसरे माइक्रोफ़ोन के साथ वह फिर पूरी गुणवत्ता में बजेगा।</translation>
    </message>
</context>
</TS>
